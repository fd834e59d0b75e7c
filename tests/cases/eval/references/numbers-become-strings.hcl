target "a" {
  args     = { n = 1.50, b = true, none = null }
  no-cache = "true"
  tags     = [1]
}

target "default" {
  args = {
    args     = jsonencode(target.a.args)
    no-cache = jsonencode(target.a.no-cache)
    tags     = jsonencode(target.a.tags)
  }
}
