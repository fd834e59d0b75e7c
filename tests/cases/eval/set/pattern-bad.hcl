# $ print --set '[.args.A=1'
target "default" {}
