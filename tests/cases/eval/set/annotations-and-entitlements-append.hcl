# $ print --set default.annotations=b=1 --set default.entitlements=network.host
# $ print --set default.annotations+=b=1 --set default.annotations=c=1
target "default" {
  annotations  = ["a=1"]
  entitlements = ["security.insecure"]
}
