target "default" {
  name   = "app-${suffix == null ? "plain" : suffix}"
  matrix = { suffix = [null, "debug"] }
  args   = { SUFFIX = suffix }
}
