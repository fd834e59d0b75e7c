target "default" {
  args = { a = urlencode("a b&c=d/é~-_.!*'()+") }
}
