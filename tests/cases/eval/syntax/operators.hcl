target "default" {
  args = {
    precedence   = 1 + 2 * 3 == 7 && !false || false
    or-and       = true || false && false
    compare      = 1 < 2 == true
    chained      = 1 == 1 == true
    conditional  = true ? false ? "a" : "b" : "c"
    right        = false ? "a" : true ? "b" : "c"
    not-not      = !!true
    minus-minus  = - -1
    group        = (1 + 2) * 3
    modulo       = 7 % 4 * 2
    comparison   = 2 >= 2 && 1 <= 2 && 3 > 2 && 1 < 2
    inequality   = "a" != "b"
    negative     = -(1 + 2)
    index        = [1, 2][0] + 1
    attribute    = -{ a = 5 }.a
  }
}
