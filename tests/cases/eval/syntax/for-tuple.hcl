target "default" {
  args = {
    values     = jsonencode([for v in ["a", "b"] : upper(v)])
    indexes    = jsonencode([for i, v in ["a", "b"] : "${i}${v}"])
    filtered   = jsonencode([for v in [1, 2, 3, 4] : v * 10 if v % 2 == 0])
    object     = jsonencode([for k, v in { b = 1, a = 2 } : "${k}=${v}"])
    only-value = jsonencode([for v in { b = 1, a = 2 } : v])
    set        = jsonencode([for k, v in setunion(["b"], ["a"]) : "${k}${v}"])
    nested     = jsonencode([for a in ["x", "y"] : [for b in [1, 2] : "${a}${b}"]])
    empty      = jsonencode([for v in [] : v])
    null       = jsonencode([for v in ["a", null] : v])
    text-index = jsonencode([for i, v in ["a"] : i + 1])
  }
}
