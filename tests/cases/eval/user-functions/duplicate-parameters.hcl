function "f" {
  params = [a, a]
  result = a
}

target "default" {
  args = { a = f("first", "second") }
}
