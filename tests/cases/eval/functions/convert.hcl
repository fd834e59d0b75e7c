target "default" {
  args = {
    number = jsonencode(convert("5", number))
    string = jsonencode(convert(1.50, string))
    bool   = jsonencode(convert("1", bool))
    set    = jsonencode(convert(["b", "a", "b"], set(any)))
  }
}
