# $ print other
target "bad" {
  tags = [{ a = 1 }]
}

target "other" {
  inherits = ["bad"]
}
