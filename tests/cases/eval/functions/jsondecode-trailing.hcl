target "default" {
  args = { a = jsondecode("1 2") }
}
