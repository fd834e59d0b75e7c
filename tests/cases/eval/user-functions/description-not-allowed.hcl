function "f" {
  description = "what it does"
  params      = [x]
  result      = x
}

target "default" {}
