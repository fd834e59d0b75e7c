target "default" {
  args = {
    shape   = can(regex("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", uuidv4()))
    differs = uuidv4() != uuidv4()
  }
}
