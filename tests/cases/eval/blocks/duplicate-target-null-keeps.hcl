target "default" {
  context = "a"
  tags    = ["a"]
}

target "default" {
  context = null
  tags    = null
}
