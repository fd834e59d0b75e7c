target "default" {
  args = { a = <<A
x
A
}
}
