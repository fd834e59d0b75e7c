target "default" {
  args = { a = try(nope, "fallback") }
}
