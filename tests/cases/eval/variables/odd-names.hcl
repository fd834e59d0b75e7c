# $ my-var=set print
variable "my-var" {
  default = "dash"
}

variable "ünïcode" {
  default = "umlaut"
}

variable "with space" {
  default = "unreachable"
}

target "default" {
  args = { a = my-var, b = ünïcode }
}
