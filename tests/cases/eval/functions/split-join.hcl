target "default" {
  args = {
    split       = jsonencode(split(",", "a,b,,c"))
    split-none  = jsonencode(split(",", "abc"))
    split-empty = jsonencode(split(",", ""))
    split-runes = jsonencode(split("", "aé😀"))
    split-long  = jsonencode(split("--", "a--b-c"))
    join        = join("-", ["a", "b"])
    join-number = join("-", [1, true, "x"])
    join-many   = join("-", ["a"], ["b", "c"], [])
    join-set    = join(",", setunion(["b"], ["a"]))
    join-empty  = join(",", [])
  }
}
