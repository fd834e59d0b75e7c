variable "TAG" {
  type    = string
  default = "a"
  validation {
    condition     = TAG == "a"
    error_message = "must be a"
  }
}
target "default" {
  tags = [TAG]
}
