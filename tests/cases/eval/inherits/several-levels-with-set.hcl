# $ print a b c
# $ print --set b.args.v=2 a b c
# $ print --set c.args.v=2 a b c
# $ print --set '*.args.v=2' --set '*.tags+=z' a b c
target "c" {
  args       = { v = "c" }
  tags       = ["c"]
  cache-from = ["x"]
}

target "b" {
  inherits   = ["c"]
  cache-from = ["y"]
}

target "a" {
  inherits   = ["b", "c"]
  tags       = ["a"]
  cache-from = ["x"]
}
