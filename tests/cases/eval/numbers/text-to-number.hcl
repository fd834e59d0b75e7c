target "default" {
  args = {
    plain    = "5" + 1
    fraction = ".5" + 0
    trailing = "5." + 0
    exponent = "1e3" + 0
    binary   = "1p3" + 0
    sign     = "+7" + 0
    negative = -"5"
    infinite = "Inf" + 0
  }
}
