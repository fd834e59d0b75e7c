target "default" {
  args = { a = try({}.b, [1][2]) }
}
