target "default" {
  dockerfile = "./x/../y"
}
