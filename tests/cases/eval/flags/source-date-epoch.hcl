# $ SOURCE_DATE_EPOCH=1700000000 print a b
target "a" {
  contexts = { base = "target:base" }
}

target "b" {
  args = { SOURCE_DATE_EPOCH = "0" }
}

target "base" {}
