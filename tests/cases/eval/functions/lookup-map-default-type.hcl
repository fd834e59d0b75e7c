variable "PORTS" {
  type    = map(number)
  default = { web = 80 }
}

target "default" {
  args = { a = lookup(PORTS, "api", "none") }
}
