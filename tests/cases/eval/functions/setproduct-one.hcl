target "default" {
  args = { a = jsonencode(setproduct(["a"])) }
}
