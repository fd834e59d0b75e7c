target "default" {
  annotations = convert(["a=b", null], list(string))
}
