function "tag" {
  params = [name]
  result = "a/${name}"
}
target "default" {
  tags = [tag("x")]
}
