target "default" {
  args = {
    a = try(nope, "1")
    b = try(nope, "2")
  }
}
