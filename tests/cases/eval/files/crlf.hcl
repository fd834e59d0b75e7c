# $ print
target "default" {
  tags = [
    "crlf",
  ]
  args = {
    a = 1
    b = 2
  }
}
