target "default" {
  args = {
    sum = (
      1
      + 2
      +
      3
    )
    choice = (
      true
      ? "yes"
      : "no"
    )
    call = upper(
      "a"
      ,
    )
  }
}
