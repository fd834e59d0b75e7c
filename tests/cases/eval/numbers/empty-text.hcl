target "default" {
  args = { a = "" + 0 }
}
