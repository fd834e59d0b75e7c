# $ BUILDX_BAKE_DISABLE_VARS_ENV_LOOKUP=1 TAG=env print
# differs: buildx 0.31 and later know the variable
variable "TAG" {
  default = "file"
}

target "default" {
  tags = [TAG]
}
