target "base" {
  labels = { a = 1, b = 1 }
}

target "default" {
  labels = merge(target.base.labels, { b = 2 })
}
