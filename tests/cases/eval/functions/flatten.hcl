target "default" {
  args = {
    deep  = jsonencode(flatten([1, [2, [3, [4]]], []]))
    sets  = jsonencode(flatten([setunion(["b"], ["a"]), ["c"]]))
    maps  = jsonencode(flatten([{ a = [1] }, [{ b = 2 }]]))
    empty = jsonencode(flatten([[], []]))
  }
}
