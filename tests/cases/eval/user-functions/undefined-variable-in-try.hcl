function "f" {
  params = [a]
  result = try(nope, a)
}

target "default" {}
