# place: 4 the default, not the block
variable "x" {
  type    = number
  default = "abc"
}

target "default" {}
