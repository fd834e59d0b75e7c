variable "TAG" {
  default = "b"
}
