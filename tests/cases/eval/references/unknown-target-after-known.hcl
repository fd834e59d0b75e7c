target "a" {
  context = "c"
}

target "default" {
  args = { a = target.a.context, b = target.nope.context }
}
