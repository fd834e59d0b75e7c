# $ print app
target "app" {
  name   = "app-${v}"
  matrix = { v = ["a", "b"] }
  args   = { V = v }
}

target "app" {
  args = { V = "plain" }
}
