target "default" {
  inherits = ["_base"]
  tags     = tags("app")
}
