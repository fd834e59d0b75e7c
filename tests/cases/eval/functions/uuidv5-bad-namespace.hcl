target "default" {
  args = { a = uuidv5("tel", "x") }
}
