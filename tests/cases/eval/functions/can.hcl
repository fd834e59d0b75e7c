variable "O" {
  default = { a = 1 }
}

target "default" {
  args = {
    yes     = can(O.a)
    no      = can(O.b)
    match   = can(regex("^v[0-9]", "v1"))
    number  = can(1 + "x")
    date    = can(formatdate("YYYY", "2020-01-01T00:00:00Z"))
    null    = can(null)
  }
}
