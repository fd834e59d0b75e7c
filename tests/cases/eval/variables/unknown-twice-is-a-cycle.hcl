# place: 5 the second mention, not the attribute
target "default" {
  args = {
    a = try(nope, "1")
    b = try(nope, "2")
  }
}
