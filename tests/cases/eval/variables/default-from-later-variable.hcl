variable "a" {
  default = "${b}-a"
}

variable "b" {
  default = upper(c)
}

variable "c" {
  default = "c"
}

target "default" {
  tags = [a]
}
