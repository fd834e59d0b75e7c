# $ print --set default.cache-from=type=gha --set default.cache-to=type=gha,mode=max
# $ print --set default.cache-from+=type=gha --set default.cache-to+=type=gha,mode=max
# $ print --set default.cache-from=r1,r2
# $ print --set default.cache-from= --set default.cache-to=
# $ print --set 'default.cache-to=type=registry,"ref=a,b"'
# $ print --set default.cache-from=mode=max
target "default" {
  cache-from = ["type=local,src=c"]
  cache-to   = ["type=local,dest=c"]
}
