function "f" {
  params          = []
  variadic_params = "items"
  result          = 1
}

target "default" {}
