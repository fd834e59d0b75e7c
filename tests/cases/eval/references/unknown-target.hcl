target "default" {
  context = target.nope.context
}
