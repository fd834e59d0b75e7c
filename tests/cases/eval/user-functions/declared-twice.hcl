function "f" {
  params = [a]
  result = "first ${a}"
}

function "f" {
  params = [a]
  result = "second ${a}"
}

target "default" {
  args = { a = f("x") }
}
