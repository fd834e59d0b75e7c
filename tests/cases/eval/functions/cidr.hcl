target "default" {
  args = {
    host          = cidrhost("10.12.112.0/20", 16)
    host-negative = cidrhost("10.12.112.0/20", -1)
    host-six      = cidrhost("fd00:fd12:3456:7890:00a2::/72", 34)
    netmask       = cidrnetmask("172.16.0.0/12")
    subnet        = cidrsubnet("172.16.0.0/12", 4, 2)
    subnet-six    = cidrsubnet("fd00:fd12:3456:7890::/56", 16, 162)
    subnets       = jsonencode(cidrsubnets("10.1.0.0/16", 4, 4, 8, 4))
    base          = cidrsubnet("10.1.2.240/4", 1, 0)
  }
}
