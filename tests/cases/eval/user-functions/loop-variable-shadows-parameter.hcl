function "shout" {
  params = [x]
  result = [for x in x : upper(x)]
}

target "default" {
  tags = shout(["a", "b"])
}
