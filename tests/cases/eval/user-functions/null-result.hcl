function "f" {
  params = [a]
  result = a == "keep" ? a : null
}

target "default" {
  args = { a = f("keep"), b = f("drop") }
}
