target "default" {
  bogus = nope(1)
  tagz  = [nope]
  nested "x" {
    y = nope
  }
}

group "g" {
  targets = ["default"]
  bogus   = nope
}

variable "v" {
  bogus = nope
  nested {
    y = nope
  }
}
