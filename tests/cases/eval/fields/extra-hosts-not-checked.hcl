target "default" {
  extra-hosts = { a = "not an address", b = "" }
}
