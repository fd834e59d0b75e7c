target "default" {
  args = {
    text  = jsonencode(distinct(["b", "a", "b"]))
    mixed = jsonencode(distinct([1, "1", 2]))
    lists = jsonencode(distinct([["a"], ["a"], ["b"]]))
    empty = jsonencode(distinct([]))
  }
}
