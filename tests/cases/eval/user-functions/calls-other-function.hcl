function "outer" {
  params = [x]
  result = inner(inner(x))
}

function "inner" {
  params = [x]
  result = "<${x}>"
}

target "default" {
  args = { a = outer("x") }
}
