target "default" {
  output = ["type=image,push"]
}
