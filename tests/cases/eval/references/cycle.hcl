# $ print a
target "a" {
  context = target.a.context
}
