# $ print app
target "app" {
  name   = "app-${v}"
  matrix = { v = ["a", "b"] }
  args   = { first = v }
}

target "app" {
  name   = "app-${v}"
  matrix = { v = ["b", "c"] }
  args   = { second = v }
}
