target "default" {
  args = {
    tuple = jsonencode(reverselist([1, "a", true]))
    list  = jsonencode(reverselist(split(",", "a,b")))
    set   = jsonencode(reverselist(setunion(["a"], ["b"])))
  }
}
