# $ print --push a b c d
target "a" {
  output = ["type=docker"]
}

target "b" {
  output = ["type=image,name=x,push=false"]
}

target "c" {
  output = ["type=local,dest=o"]
}

target "d" {}
