# $ print --set '*.tags+=extra'
# $ print --set '*.cache-from+=extra'
target "base" {
  tags       = ["base"]
  cache-from = ["base"]
}

target "default" {
  inherits = ["base"]
}
