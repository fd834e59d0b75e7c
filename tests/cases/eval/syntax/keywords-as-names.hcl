for = ["a"]

target "default" {
  tags = [(for)[0]]
  args = {
    if    = jsonencode([for in in [1] : in])
    for   = jsonencode([for if in [1] : if if if > 0])
    null  = jsonencode([for k, k in ["a"] : k])
    endif = "x"
  }
}
