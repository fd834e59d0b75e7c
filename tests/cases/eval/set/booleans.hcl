# $ print --set default.pull=true --set default.no-cache=1
# $ print --set default.pull=F --set default.no-cache=false
# $ print --set default.pull=maybe
# $ print --set default.no-cache=
target "default" {}
