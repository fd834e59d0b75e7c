target "default" {
  annotations = ["zz:a=b"]
}
