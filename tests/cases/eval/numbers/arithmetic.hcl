target "default" {
  args = {
    add      = 0.1 + 0.2
    subtract = 1.1 - 1
    multiply = 1.1 * 1.1
    divide   = 1 / 3
    modulo   = 7 % 3
    negative-modulo = -7 % 3
    modulo-fraction = 5.5 % 2
    modulo-rounding = 7 % 0.3
    modulo-zero     = 5 % 0
    precedence      = 2 + 3 * 4 - 10 / 4
    left            = 10 - 3 - 2
    unary           = -2 + - -3
  }
}
