target "default" {
  context = "c"
}

variable "v" {
  default = target.default.context
}
