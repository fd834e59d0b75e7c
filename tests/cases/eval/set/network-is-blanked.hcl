# $ print --set '*.network=none'
target "default" {}
