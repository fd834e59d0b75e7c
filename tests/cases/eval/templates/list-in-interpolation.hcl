target "default" {
  args = { a = "x${["a"]}" }
}
