target "default" {
  args = { a = jsonencode(({
    x = 1
    y = [
      2,
      3
    ]
  })) }
}
