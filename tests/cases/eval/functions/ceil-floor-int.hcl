target "default" {
  args = {
    ceil           = ceil(1.2)
    ceil-negative  = ceil(-1.8)
    ceil-large     = ceil(1e30)
    floor          = floor(1.8)
    floor-negative = floor(-1.2)
    floor-text     = floor("2.5")
    int            = int(1.8)
    int-negative   = int(-1.8)
    int-large      = int(12345678901234567890.5)
  }
}
