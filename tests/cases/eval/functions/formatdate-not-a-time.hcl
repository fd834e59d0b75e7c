target "default" {
  args = { a = formatdate("YYYY", "2024-03-07") }
}
