variable "TAG" {
  description = "what to call it"
  default     = "x"
}

target "default" {
  tags = [TAG]
}
