target "default" {
  args = {
    lengths  = length([1, 2]) / length([1, 2, 3])
    strlen   = strlen("ab") / strlen("abc")
    pow      = pow(2, 64)
    literal  = 12345678901234567890
    large    = 1e21
    log      = log(10, 2)
    root     = pow(2, 0.5)
    parsed   = parseint("18446744073709551617", 10)
    mixed    = length(["x"]) / 3
    powthird = pow(3, 1) / 3.3
  }
}
