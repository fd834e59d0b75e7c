# $ print --set 'default.args.A=é'
target "default" {
  args = { B = "é" }
}
