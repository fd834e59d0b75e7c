target "default" {
  args = {
    number-string = jsonencode(true ? 1 : "x")
    lists         = jsonencode(true ? [1] : ["a", "b"])
    objects       = jsonencode(true ? { a = 1 } : { b = "x" })
    null-arm      = jsonencode(true ? null : 5)
    null-other    = jsonencode(false ? null : 5)
    bool-string   = jsonencode(false ? "x" : true)
    same-object   = jsonencode(true ? { a = 1, b = "x" } : { a = 2, b = "y" })
    empty-list    = jsonencode(false ? ["a"] : [])
    empty-object  = jsonencode(false ? { a = 1 } : {})
    tuples        = jsonencode(true ? [1, "a"] : ["b", 2])
    equal-length  = jsonencode(true ? [1, true] : ["b", "c"])
  }
}
