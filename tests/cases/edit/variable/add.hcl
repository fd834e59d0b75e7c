# $ variable add TAG=latest --description 'the tag'
target "app" {
  tags = ["app"]
}
# --- after
variable "TAG" {
  default     = "latest"
  description = "the tag"
}

target "app" {
  tags = ["app"]
}
