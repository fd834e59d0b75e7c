group "default" {
  targets = ["a", "b"]
}

target "a" {
  args = { v = try(nope, "1") }
}

target "b" {
  args = { v = try(nope, "2") }
}
