variable "TAG" {
  default = "ci"
}

target "default" {
  output     = ["type=registry"]
  labels     = { env = "ci" }
  cache-from = ["type=gha"]
}
