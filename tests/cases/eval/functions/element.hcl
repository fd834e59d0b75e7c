target "default" {
  args = {
    first = element(["a", "b", "c"], 0)
    wraps = element(["a", "b", "c"], 4)
    text  = element(["a", "b", "c"], "1")
    list  = element(split(",", "a,b"), 3)
    types = element([1, "b", true], 2)
  }
}
