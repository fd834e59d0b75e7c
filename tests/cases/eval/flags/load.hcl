# $ print --load a b c d
target "a" {
  output = ["type=docker"]
}

target "b" {
  output = ["type=image,name=x"]
}

target "c" {
  output = ["type=local,dest=o"]
}

target "d" {}
