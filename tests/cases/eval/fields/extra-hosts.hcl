target "default" {
  extra-hosts = {
    db    = "10.0.0.2"
    cache = null
    both  = "10.0.0.3,::1"
    gate  = "host-gateway"
  }
}
