# $ print --set 'z*.args.A=1'
# $ print --set nope.args.A=1
# $ print --set 'default.args.A=1' --set other.tags=x
target "default" {}
