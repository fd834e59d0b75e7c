target "default" {
  args = {
    middle          = substr("hello", 1, 3)
    rest            = substr("hello", 2, -1)
    past-end        = substr("hello", 10, 2)
    too-long        = substr("hello", 3, 10)
    negative        = substr("hello", -3, 2)
    negative-clamped = substr("hello", -10, 2)
    nothing         = substr("hello", 0, 0)
    negative-nothing = substr("hello", -3, 0)
    clusters        = substr("ae\u0301x", 1, 1)
    sha             = substr("0123456789abcdef", 0, 7)
  }
}
