function "f" {
  params = []
  result = target.default.context
}

target "default" {
  context = "c"
}
