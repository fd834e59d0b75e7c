o = { name = "a" }

target "default" {
  args = { a = o.nmae }
}
