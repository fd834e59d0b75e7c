function "f" {
  params = [a]
  result = a
}

target "default" {
  args = { a = f("x", "y") }
}
