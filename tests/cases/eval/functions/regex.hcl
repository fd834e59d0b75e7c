target "default" {
  args = {
    plain    = regex("[0-9]+", "a12b34")
    groups   = jsonencode(regex("([a-z])([0-9])?", "a"))
    named    = jsonencode(regex("(?P<major>[0-9]+)\\.(?P<minor>[0-9]+)", "v1.22"))
    index    = regex("v([0-9]+)", "v7")[0]
    can      = can(regex("^x", "abc"))
    guard    = try(regex("^x", "abc"), "none")
    dotall   = regex("(?s)a.b", "a\nb")
    lazy     = regex("a+?", "aaa")
    unicode  = regex("\\pL+", "123éa")
  }
}
