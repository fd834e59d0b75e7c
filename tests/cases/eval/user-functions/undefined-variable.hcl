function "f" {
  params = [a]
  result = b
}

target "default" {}
