function "upper" {
  params = [a]
  result = "mine"
}

target "default" {
  args = { a = upper("x") }
}
