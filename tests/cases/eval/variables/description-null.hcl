variable "TAG" {
  description = null
}

target "default" {}
