variable "l" {
  type    = list(any)
  default = [1, "x"]
}

variable "m" {
  type    = map(any)
  default = { a = 1, b = true, c = "x" }
}

target "default" {
  args = { l = jsonencode(l), m = jsonencode(m) }
}
