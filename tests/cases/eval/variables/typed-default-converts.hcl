variable "l" {
  type    = list(string)
  default = [1, true, "x"]
}

variable "n" {
  type    = number
  default = "0.50"
}

variable "s" {
  type    = string
  default = 1.50
}

target "default" {
  args = { l = jsonencode(l), n = jsonencode(n), s = jsonencode(s) }
}
