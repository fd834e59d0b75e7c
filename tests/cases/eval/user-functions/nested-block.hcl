function "f" {
  params = [a]
  result = a
  x {}
}

target "default" {}
