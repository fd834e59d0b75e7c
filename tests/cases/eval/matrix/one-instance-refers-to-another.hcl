target "default" {
  name   = v
  matrix = { v = ["first", "second"] }
  args   = { V = v }
  labels = { before = v == "second" ? target.first.args.V : "none" }
}
