# $ print --set default.args.=x
# $ print --set default.labels.=x
target "default" {}
