target "default" {
  args = {
    lists = jsonencode(setproduct(["b", "a"], ["y", "x"]))
    three = length(setproduct([1, 2], ["a"], [true, false]))
    empty = jsonencode(setproduct(["a"], []))
    sets  = jsonencode(setproduct(setunion(["b"], ["a"]), setunion(["x"], [])))
  }
}
