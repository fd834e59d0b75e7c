# $ print --set default.args.A=2 --set default.args.NEW=x=y,z
# $ print --set default.args.A=
# $ print --set 'default.args.with.dots=1'
# $ print --set 'default.args.A= spaces '
# $ print --set 'default.args.A="quoted"'
# $ print --set 'default.args.A=${B}'
# $ print --set default.args.A=1 --set default.args.A=2
target "default" {
  args = { A = 1, B = 1 }
}
