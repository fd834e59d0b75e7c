variable "PORTS" {
  type    = map(number)
  default = { web = 80 }
}

target "default" {
  args = {
    found     = lookup({ a = 1, b = 2 }, "a", 0)
    missing   = lookup({ a = 1 }, "z", "default")
    null      = lookup({ a = null }, "a", "default")
    map       = lookup(PORTS, "web", 0)
    map-other = lookup(PORTS, "api", "8080")
  }
}
