target "default" {
  args = { a = jsonencode(true ? { k = 1 } : { k = [1] }) }
}
