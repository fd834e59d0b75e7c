target "default" {
  args = {
    first  = coalesce(null, "a", "b")
    empty  = coalesce("", "a")
    unify  = jsonencode(coalesce(null, 1, "a"))
    number = coalesce(null, 5)
  }
}
