function "count" {
  params          = []
  variadic_params = items
  result          = length(items)
}

target "default" {
  args = { none = count(), two = count("a", ["b"]) }
}
