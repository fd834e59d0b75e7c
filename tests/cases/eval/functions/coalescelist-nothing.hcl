target "default" {
  args = { a = jsonencode(coalescelist([], [])) }
}
