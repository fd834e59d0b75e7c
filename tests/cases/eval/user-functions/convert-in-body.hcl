function "f" {
  params = [a]
  result = convert(a, number)
}

target "default" {}
