target "default" {
  args = {
    object  = jsonencode({ b = [1, 2.50, true, null], a = "x" })
    html    = jsonencode("<a&b>\u2028")
    escapes = jsonencode("q\"\\\t\n")
    large   = jsonencode(1e21)
    unicode = jsonencode("é😀")
    null    = jsonencode(null)
    nested  = jsonencode(jsonencode("x"))
    set     = jsonencode(setunion(["b"], ["a"]))
  }
}
