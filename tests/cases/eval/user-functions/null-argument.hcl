function "f" {
  params = [a]
  result = "x"
}

target "default" {
  args = { a = f(null) }
}
