# $ print app
target "base" {
  output = ["type=local,dest=q"]
  tags   = ["base"]
}

target "app" {
  contexts = { base = "target:base" }
}
