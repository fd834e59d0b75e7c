target "default" {
  ulimits = ["core=2:1"]
}
