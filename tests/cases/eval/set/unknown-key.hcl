# $ print --set default.tagz=x
# $ print --set default.inherits=x
# $ print --set default.description=x
# $ print --set default.dockerfile-inline=x
# $ print --set default.secret=id=x
target "default" {}
