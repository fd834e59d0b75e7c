variable "O" {
  default = { a = { b = 1 } }
}

target "default" {
  args = {
    value    = try(O.a.b, "x")
    missing  = try(O.a.z, "x")
    deep     = try(O.z.b.c, O.a.z, "last")
    null     = try(null, "not reached")
    number   = try(1 + "x", 0)
    index    = try(["a"][5], "none")
    decoded  = try(jsondecode("{"), "bad json")
  }
}
