target "base" {
  context    = "c"
  dockerfile = "d"
  tags       = ["t"]
  platforms  = ["linux/amd64"]
  pull       = true
  target     = "stage"
}

target "default" {
  inherits   = ["base"]
  context    = null
  dockerfile = null
  tags       = null
  platforms  = null
  pull       = null
  target     = null
}
