target "default" {
  output = ["type=local,dest=x,dest=y"]
}
