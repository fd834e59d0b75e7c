target "default" {
  args = {
    hours    = timeadd("2024-02-28T23:30:00Z", "1h")
    negative = timeadd("2024-03-01T00:00:00Z", "-24h")
    mixed    = timeadd("2024-01-01T00:00:00Z", "1h30m15.5s")
    offset   = timeadd("2024-01-01T00:00:00+02:00", "10m")
    nothing  = timeadd("2024-01-01T00:00:00.75Z", "0s")
    small    = timeadd("2024-01-01T00:00:00Z", "1500ms")
  }
}
