target "default" {
  annotations = ["manifest[foo]:a=b"]
}
