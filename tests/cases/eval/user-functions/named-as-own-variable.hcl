function "a" {
  params = [x]
  result = a
}

target "default" {}
