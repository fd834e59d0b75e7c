target "default" {
  args = { a = "\ud83d\ude00" }
}
