target "base" {
  context = "c"
}

target "t" {
  inherits = ["base"]
}

target "default" {
  args = { a = target.t.context, b = target.t.name }
}
