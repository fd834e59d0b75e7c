target "default" {
  args = { a = jsonencode(coalescelist(null, ["a"])) }
}
