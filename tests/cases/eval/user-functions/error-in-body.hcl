function "f" {
  params = [a]
  result = upper(a)
}

target "default" {
  args = { a = f(["x"]) }
}
