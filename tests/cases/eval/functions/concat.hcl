target "default" {
  args = {
    tuples = jsonencode(concat(["a"], [1], []))
    lists  = jsonencode(concat(split(",", "a,b"), ["c"]))
    unified = jsonencode(concat(split(",", "a"), convert([1], list(number))))
    one    = jsonencode(concat([[1], 2]))
  }
  tags = concat(["latest"], split(",", "1,1.2"))
}
