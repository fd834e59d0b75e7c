target "default" {
  output = [{ type = "image", "Other Key" = true }]
}
