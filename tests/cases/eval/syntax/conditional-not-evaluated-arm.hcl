target "default" {
  args = { a = true ? "x" : upper(), b = false ? [1][5] : "y" }
}
