target "default" {
  args = { a = "x${
    upper(
      "y"
    )
  }z" }
}
