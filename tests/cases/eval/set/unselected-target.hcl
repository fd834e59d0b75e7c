# $ print --set other.tags=x
# $ print --set other.nonsense=x
target "default" {}

target "other" {}
