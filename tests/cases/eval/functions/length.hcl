target "default" {
  args = {
    tuple = length([1, "a", []])
    list  = length(split(",", "a,b"))
    set   = length(setunion(["a"], ["a"]))
    map   = length(convert({ a = 1, b = 2 }, map(number)))
    empty = length([])
  }
}
