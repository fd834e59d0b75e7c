# $ print --no-cache
# $ print --pull
# $ print --no-cache --pull
target "default" {
  pull     = false
  no-cache = false
}
