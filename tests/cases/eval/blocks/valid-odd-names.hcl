# $ print _ - 1 A-b_C target
target "_" {}

target "-" {}

target "1" {}

target "A-b_C" {}

target "target" {}
