target "default" {
  output = ["type=image", "type=image,name=x", "type=image", { type = "image" }]
}
