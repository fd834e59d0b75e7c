target "default" {
  target = true
    ? "a"
    : "b"
}
