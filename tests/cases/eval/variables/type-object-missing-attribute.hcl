# place: 4 the default, not the block
variable "x" {
  type    = object({ a = string, b = number })
  default = { a = "x" }
}

target "default" {}
