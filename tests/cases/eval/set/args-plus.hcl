# $ print --set default.args.A+=2
target "default" {
  args = { A = 1 }
}
