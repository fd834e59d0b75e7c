target "base" {
  context    = "c"
  dockerfile = "d"
  target     = "stage"
  network    = "none"
}

target "default" {
  inherits   = ["base"]
  context    = ""
  dockerfile = ""
  target     = ""
  network    = ""
}
