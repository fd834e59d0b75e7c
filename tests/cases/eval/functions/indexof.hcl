target "default" {
  args = { a = indexof(["a", "b", "a"], "a"), b = indexof([1, "1"], "1"), c = indexof(split(",", "x,y"), "y") }
}
