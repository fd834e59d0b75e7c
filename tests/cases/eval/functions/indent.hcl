target "default" {
  args = { a = indent(2, "a\nb\n\nc\n"), b = indent(0, "a\nb"), c = indent(4, "single") }
}
