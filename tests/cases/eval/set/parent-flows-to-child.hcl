# $ print --set base.args.x=2 --set base.args.y=2
target "base" {
  args = { x = "1", y = "1" }
}

target "default" {
  inherits = ["base"]
  args     = { x = "3" }
}
