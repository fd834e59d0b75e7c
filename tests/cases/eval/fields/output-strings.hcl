# $ print a b c d e f
target "a" {
  output = ["type=docker"]
}

target "b" {
  output = ["type=registry"]
}

target "c" {
  output = ["type=image,name=acme/app,push=true,push-by-digest=true"]
}

target "d" {
  output = ["type=local,dest=out"]
}

target "e" {
  output = ["type=cacheonly"]
}

target "f" {
  output = ["type=tar,dest=out.tar"]
}
