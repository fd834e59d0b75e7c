target "t" {
  context = "first"
  target  = "stage"
}

target "t" {
  context = "second"
}

target "default" {
  args = { context = target.t.context, target = target.t.target }
}
