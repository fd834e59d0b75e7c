target "default" {
  name   = "t${item.n}"
  matrix = { item = [{ n = 1, on = true, none = null }, { n = 2, on = false, none = "x" }] }
  args = {
    sum  = item.n + 0.5
    on   = !item.on
    none = item.none
  }
}
