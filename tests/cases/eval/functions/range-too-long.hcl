target "default" {
  args = { a = length(range(1025)) }
}
