target "default" {
  args = {
    shape = can(regex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", timestamp()))
    after = timestamp() != "2020-01-01T00:00:00Z"
  }
}
