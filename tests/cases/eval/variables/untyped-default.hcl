# $ print
# $ TAG=v1 print
# $ TAG= print
variable "TAG" {
  default = "latest"
}

target "default" {
  tags = ["acme/app:${TAG}"]
}
