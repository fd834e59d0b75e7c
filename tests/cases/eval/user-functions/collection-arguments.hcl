function "pairs" {
  params = [map, suffix]
  result = [for k, v in map : "${k}=${v}${suffix}"]
}

target "default" {
  annotations = pairs({ b = 2, a = "one" }, "!")
}
