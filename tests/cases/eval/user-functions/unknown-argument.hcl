function "f" {
  params  = [a]
  results = a
  result  = a
}

target "default" {}
