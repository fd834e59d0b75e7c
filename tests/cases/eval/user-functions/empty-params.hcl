function "f" {
  params = []
  result = "constant"
}

target "default" {
  args = { a = f() }
}
