target "default" {
  tags = [
    "a", "b",
    "c"
    ,
    "d",
  ]
  args = { empty = jsonencode([]), nested = jsonencode([[1, [2]], [], { a = [3] }]) }
}
