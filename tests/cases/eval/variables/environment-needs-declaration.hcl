# $ TAG=v1 print
target "default" {
  tags = [TAG]
}
