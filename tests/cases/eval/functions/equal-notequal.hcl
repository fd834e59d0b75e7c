target "default" {
  args = {
    same        = equal("a", "a")
    types       = equal("1", 1)
    nulls       = equal(null, null)
    null-string = notequal(null, "")
    lists       = equal([1, 2], [1, 2])
    list-types  = equal([1], convert([1], list(number)))
    objects     = notequal({ a = 1 }, { a = 1 })
    guard       = notequal("", "x")
  }
}
