function "f" {
  params          = []
  variadic_params = items
  result          = length(items)
}

target "default" {
  args = { a = f("x", null) }
}
