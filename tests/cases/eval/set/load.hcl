# $ print --set '*.load=true' a b c d e f
# $ print --set '*.load=false' a b
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

target "e" {
  output = ["type=docker,dest=o.tar"]
}

target "f" {
  output = ["type=registry", "type=oci,dest=f.tar"]
}
