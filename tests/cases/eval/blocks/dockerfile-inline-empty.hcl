target "default" {
  dockerfile-inline = ""
}
