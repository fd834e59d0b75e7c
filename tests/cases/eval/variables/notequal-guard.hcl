# $ print
# $ TAG=1.2 print
variable "TAG" {
  default = ""
}

target "default" {
  tags = [
    "acme/app:latest",
    notequal("", TAG) ? "acme/app:${TAG}" : "",
  ]
}
