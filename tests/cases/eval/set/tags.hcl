# $ print --set default.tags=a
# $ print --set default.tags=a --set default.tags=b
# $ print --set default.tags+=a
# $ print --set default.tags=a --set default.tags+=b
# $ print --set default.tags+=a --set default.tags=b
# $ print --set default.tags=
# $ print --set default.tags+=
# $ print --set default.tags=a,b
# $ print --set default.tags.foo=x
# $ print --set default.tags=t --set default.tags=t
target "default" {
  tags = ["t"]
}
