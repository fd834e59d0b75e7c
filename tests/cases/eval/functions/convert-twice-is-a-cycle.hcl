target "default" {
  args = { a = convert("5", number), b = convert("6", number) }
}
