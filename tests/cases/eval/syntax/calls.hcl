target "default" {
  args = {
    spaces   = upper ( "a" )
    trailing = join("-", ["a", "b"],)
    newlines = join(
      "-",
      [
        "a",
        "b",
      ],
    )
    none     = jsonencode(merge())
  }
}
