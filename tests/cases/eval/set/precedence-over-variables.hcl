# $ TAG=env print --set 'default.tags=set:${TAG}'
variable "TAG" {
  default = "file"
}

target "default" {
  tags = ["${TAG}"]
}
