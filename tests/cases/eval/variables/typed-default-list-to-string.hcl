# place: 4 the default, not the block
variable "s" {
  type    = string
  default = ["a"]
}

target "default" {}
