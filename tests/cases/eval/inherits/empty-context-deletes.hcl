target "base" {
  contexts = { a = "docker-image://a", b = "docker-image://b" }
}

target "default" {
  inherits = ["base"]
  contexts = { a = "", c = "docker-image://c" }
}
