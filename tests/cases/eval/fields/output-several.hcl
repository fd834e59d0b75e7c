target "default" {
  output = ["type=image,name=a", "type=local,dest=out", "type=docker", ""]
}
