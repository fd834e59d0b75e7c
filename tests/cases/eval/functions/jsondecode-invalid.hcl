target "default" {
  args = { a = jsonencode(jsondecode("[1,]")) }
}
