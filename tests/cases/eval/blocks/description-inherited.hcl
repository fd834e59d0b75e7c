target "base" {
  description = "from the base"
}

target "default" {
  inherits = ["base"]
}
