# $ print
# $ TAG='not a tag' print
variable "TAG" {
  default = "v1.2.3"
  validation {
    condition     = can(regex("^v[0-9]+(\\.[0-9]+)*$", TAG))
    error_message = "TAG must be a version, such as v1.2.3"
  }
}

target "default" {
  tags = [TAG]
}
