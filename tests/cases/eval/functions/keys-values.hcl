target "default" {
  args = {
    keys       = jsonencode(keys({ b = 1, a = 2, "C" = 3 }))
    values     = jsonencode(values({ b = 1, a = "x" }))
    map-keys   = jsonencode(keys(convert({ b = 1, a = 2 }, map(string))))
    empty      = jsonencode(keys({}))
  }
}
