# $ print --set default.args.A=1 --set default.args.A
# $ A=env print --set default.args.A=1 --set default.args.A
# $ A=env print --set default.args.A --set default.args.A=1
target "default" {}
