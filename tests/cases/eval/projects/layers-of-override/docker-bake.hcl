variable "TAG" {
  default = "dev"
}

target "default" {
  tags   = ["app:${TAG}"]
  output = ["type=docker"]
  labels = { env = "dev", base = 1 }
}
