whatever "x" "y" {
  z = nope
}

settings {
  deep {
    deeper = nope()
  }
}

target "default" {}
