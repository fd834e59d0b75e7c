# $ print --set '*.push=true' a b c d e
# $ print --set '*.push=false' a b c d e
# $ print --set '*.push=maybe' a
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

target "e" {
  output = ["type=registry"]
}
