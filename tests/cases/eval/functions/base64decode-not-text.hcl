target "default" {
  args = { a = base64decode("/w==") }
}
