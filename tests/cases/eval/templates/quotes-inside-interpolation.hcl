target "default" {
  args = { a = "${replace("a\"b", "\"", "'")} and ${"}"} ${{ "}" = "x" }["}"]}" }
}
