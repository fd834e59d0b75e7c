target "default" {
  args   = zipmap(["a", "b"], [1, "x"])
  labels = zipmap(split(",", "k,k,l"), split(",", "1,2,3"))
}
