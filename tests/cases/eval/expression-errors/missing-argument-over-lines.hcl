# place: 4 the parenthesis that opens the call
target "default" {
  args = {
    a = upper(
    )
  }
}
