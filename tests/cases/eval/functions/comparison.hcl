target "default" {
  args = {
    greaterthan          = greaterthan(2, "1")
    greaterthanorequalto = greaterthanorequalto(1, 1)
    lessthan             = lessthan(1, 1)
    lessthanorequalto    = lessthanorequalto(1, 1.0)
  }
}
