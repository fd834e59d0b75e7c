target "default" {
  args = { a = join(",") }
}
