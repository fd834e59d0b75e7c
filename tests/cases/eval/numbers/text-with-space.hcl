target "default" {
  args = { a = " 5" + 0 }
}
