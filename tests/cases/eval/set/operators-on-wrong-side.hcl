# $ print --set 'default.tags++=x'
# $ print --set 'default.tags+'
# $ print --set 'default+.tags=x'
# $ print --set '.tags=x'
# $ print --set 'default.=x'
target "default" {}
