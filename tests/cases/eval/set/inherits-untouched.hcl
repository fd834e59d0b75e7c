# $ print --set default.context=x
target "base" {
  context = "base"
  args    = { A = 1 }
}

target "default" {
  inherits = ["base"]
}
