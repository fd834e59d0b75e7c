# $ print --set default.secrets=id=b,env=B
# $ print --set default.secrets+=id=b,env=B
# $ print --set default.secrets+=id=a,env=OTHER
# $ print --set default.secrets=
# $ print --set default.secrets=nonsense
target "default" {
  secret = ["id=a,env=A"]
}
