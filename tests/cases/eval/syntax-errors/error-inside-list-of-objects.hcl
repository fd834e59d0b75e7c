target "default" {
  output = [
    { type = "image", name "x" },
  ]
}
