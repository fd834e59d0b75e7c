target "default" {
  args = { a = "1_000" + 0 }
}
