target "default" {
  args = {
    text    = jsonencode(sort(["b", "B", "a", "é", "Z"]))
    numbers = jsonencode(sort([10, 9, 1]))
    empty   = jsonencode(sort([]))
  }
}
