target "default" {
  output = ["type=oci"]
}
