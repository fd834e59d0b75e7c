target "default" {
  output = ["type=image,\"name=a,b\",push=true"]
}
