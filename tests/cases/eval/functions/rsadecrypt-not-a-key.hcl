target "default" {
  args = { a = rsadecrypt("aGVsbG8=", "not a key") }
}
