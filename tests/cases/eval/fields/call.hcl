# $ print a b
target "a" {
  call = "check"
}

target "b" {
  call = "anything"
}
