target "default" {
  args = zipmap(["a"], [1, 2])
}
