variable "a" {
  default = b
}

b = "${a}-b"

target "default" {
  args = { a = a }
}
