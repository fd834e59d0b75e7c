target "default" {
  args = { a = jsonencode(coalescelist([], [1], [2])), b = jsonencode(coalescelist(compact([""]), ["x"])) }
}
