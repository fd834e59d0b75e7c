# $ print app one
target "app" {
  name   = "app-${v}"
  matrix = { v = ["x"] }
}

target "one" {
  matrix = { v = ["x"] }
  args   = { V = v }
}
