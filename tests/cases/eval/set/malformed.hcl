# $ print --set default=x
# $ print --set default.tags
# $ print --set tags
# $ print --set =x
# $ print --set ''
target "default" {}
