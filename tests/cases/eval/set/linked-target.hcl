# $ print --set base.args.A=1 --set base.output=type=docker
target "base" {}

target "default" {
  contexts = { base = "target:base" }
}
