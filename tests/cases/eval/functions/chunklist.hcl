target "default" {
  args = {
    two   = jsonencode(chunklist(["a", "b", "c"], 2))
    zero  = jsonencode(chunklist(["a", "b"], 0))
    large = jsonencode(chunklist(["a"], 5))
    mixed = jsonencode(chunklist([1, "a"], 1))
    empty = jsonencode(chunklist([], 2))
  }
}
