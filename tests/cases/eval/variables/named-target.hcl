variable "target" {
  default = "t"
}

target "default" {
  args = { a = target }
}
