target "default" {
  args = { a = join(" ", range(0, 0.5, 0.1)) }
}
