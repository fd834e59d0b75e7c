target "default" {
  args = {
    number-string = 1 == "1"
    list-number   = [1] == ["1"]
    tuple-list    = split(",", "a") == ["a"]
    tuples        = [1, "a"] == [1, "a"]
    objects       = { a = 1, b = 2 } == { b = 2, a = 1 }
    nulls         = null == null
    null-string   = "" == null
    bool-string   = true == "true"
    lists         = split(",", "a,b") == split(",", "a,b")
    sets          = setunion(["a"], ["b"]) == setunion(["b"], ["a"])
  }
}
