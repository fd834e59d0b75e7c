target "default" {
  args = {
    equals  = jsonencode({ a = 1 })
    colons  = jsonencode({ a : 1, "b" : 2 })
    newline = jsonencode({
      a = 1
      b = 2
    })
    commas = jsonencode({
      a = 1,
      b = 2,
    })
    mixed = jsonencode({ a = 1, b = 2
      c = 3
    })
    empty = jsonencode({})
  }
}
