# $ print a
target "a" {
  contexts     = { b = "target:b", c = "target:c" }
  entitlements = ["security.insecure"]
}

target "b" {
  contexts = { c = "target:c" }
}

target "c" {
  entitlements = ["security.insecure"]
}
