# $ print --no-cache=false --pull=false
target "default" {
  pull     = true
  no-cache = true
}
