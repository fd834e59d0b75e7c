target "default" {
  args = { a = true ? "taken" : nope }
}
