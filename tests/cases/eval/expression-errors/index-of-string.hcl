x = "s"[0]
target "default" {}
