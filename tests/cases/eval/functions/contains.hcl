target "default" {
  args = {
    found  = contains(["a", "b"], "b")
    absent = contains(["a", "b"], "c")
    types  = contains([1, 2], "1")
    set    = contains(setunion(["a"], []), "a")
    empty  = contains([], "a")
  }
}
