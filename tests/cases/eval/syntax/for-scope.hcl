v = "global"

target "default" {
  args = {
    inner = jsonencode([for v in ["local"] : v])
    after = v
    both  = jsonencode([for v in [v] : "${v}!"])
  }
}
