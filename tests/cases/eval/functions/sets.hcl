target "default" {
  args = {
    union        = jsonencode(setunion(["b", "a"], ["c", "a"]))
    intersection = jsonencode(setintersection(["a", "b", "c"], ["c", "b"], ["b"]))
    subtract     = jsonencode(setsubtract(["a", "b", "c"], ["b"]))
    symmetric    = jsonencode(setsymmetricdifference(["a", "b"], ["b", "c"]))
    numbers      = jsonencode(setunion([10, 9], [1]))
    unified      = jsonencode(setunion([1], ["a"]))
    bools        = jsonencode(setunion([true], [false]))
    has          = sethaselement(["a", "b"], "a")
    has-types    = sethaselement(["1"], 1)
    empty        = jsonencode(setintersection(["a"], ["b"]))
  }
}
