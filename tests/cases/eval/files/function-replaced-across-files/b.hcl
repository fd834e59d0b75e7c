function "tag" {
  params = [name]
  result = "b/${name}"
}
