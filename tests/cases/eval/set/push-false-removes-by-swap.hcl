# $ print --set '*.push=false'
target "default" {
  output = ["type=registry", "type=local,dest=a", "type=image,name=n"]
}
