target "default" {
  args = merge({ a = 1, b = 1 }, { b = 2 }, null, { c = null })
  labels = {
    empty   = jsonencode(merge())
    one     = jsonencode(merge({ a = 1 }))
    shallow = jsonencode(merge({ a = { x = 1 } }, { a = { y = 2 } }))
    map     = jsonencode(merge(convert({ a = 1 }, map(string)), { b = 2 }))
  }
}
