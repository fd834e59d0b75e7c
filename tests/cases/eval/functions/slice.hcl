target "default" {
  args = {
    middle = jsonencode(slice(["a", "b", "c", "d"], 1, 3))
    empty  = jsonencode(slice(["a"], 1, 1))
    list   = jsonencode(slice(split(".", "1.2.3"), 0, 2))
    version = join(".", slice(split(".", "1.2.3"), 0, 2))
  }
}
