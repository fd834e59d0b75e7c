target "default" {
  args = {
    leading-zeros  = 00012
    fraction       = 1.50
    exponent       = 1e3
    upper-exponent = 1E3
    plus-exponent  = 1e+3
    minus-exponent = 15e-4
    dot-exponent   = 1.5e3
    large          = 123456789012345678901234567890
    small          = 1e-20
    zero           = 0.0
    negative-zero  = -0
    negative       = -1.25
  }
}
