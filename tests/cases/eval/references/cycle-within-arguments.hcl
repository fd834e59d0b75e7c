target "default" {
  args = {
    a = "x"
    b = target.default.args.a
  }
}
