target "default" {
  args = { a = timeadd("yesterday", "1h") }
}
