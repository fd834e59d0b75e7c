function "f" {
  params = ["a"]
  result = 1
}

target "default" {}
