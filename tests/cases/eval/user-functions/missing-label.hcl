function {
  params = [x]
  result = x
}

target "default" {}
