target "a" {
  description = "a"
}

target "b" {
  inherits    = ["a"]
  description = ""
}

target "default" {
  inherits = ["b"]
}
