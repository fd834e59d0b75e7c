target "default" {
  args = { a = formatdate("YYYY-QQ", "2024-03-07T05:06:09Z") }
}
