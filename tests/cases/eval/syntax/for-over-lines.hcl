target "default" {
  tags = [
    for v
    in ["1", "2"]
    :
    "app:${v}"
    if
    v != "1"
  ]
  args = {
    for k, v in {
      a = 1
      b = 2
    } :
    upper(k) => v
  }
}
