target "default" {
  output = [
    { type = "image", name = "acme/app", push = true },
    { type = "local", dest = "out", platform-split = false },
  ]
}
