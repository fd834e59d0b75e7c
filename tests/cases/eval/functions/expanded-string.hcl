target "default" {
  args = { a = upper("a"...) }
}
