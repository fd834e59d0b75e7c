# $ print --set '*.ulimits=core=2' --set '*.no-cache-filter+=y'
target "default" {
  ulimits         = ["core=1"]
  no-cache-filter = ["x"]
}
