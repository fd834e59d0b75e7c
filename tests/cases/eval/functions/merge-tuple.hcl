target "default" {
  args = merge({ a = 1 }, ["b"])
}
