kept = target.base.context

target "base" {
  context = "src"
}

target "default" {
  args = { where = kept }
}
