function "f" {
  params = [n]
  result = g(n)
}

function "g" {
  params = [n]
  result = f(n)
}

variable "v" {
  default = f(1)
}

target "default" {}
