# $ print --push
target "default" {
  output = ["type=image,name=a", "type=docker", "type=image,name=b,push=false"]
}
