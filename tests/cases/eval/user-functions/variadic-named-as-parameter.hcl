function "f" {
  params          = [a]
  variadic_params = a
  result          = jsonencode(a)
}

target "default" {
  args = { several = f(1, 2, 3), one = f(1) }
}
