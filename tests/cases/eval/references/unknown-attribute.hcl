target "a" {
  context = "c"
}

target "default" {
  args = { a = target.a.nope }
}
