target "default" {
  tags = ["a<b>&c"]
  args = {
    quote   = "\"\\"
    space   = "\t\n\r"
    control = "\u0000\u0001\u0008\u000b\u000c\u001f\u007f\u0080"
    lines   = "\u2028\u2029"
    text    = "é 😀"
  }
}
