variable "TAG" {
  default = "local"
}

target "app" {
  labels = { stage = "local" }
  output = ["type=docker"]
}
