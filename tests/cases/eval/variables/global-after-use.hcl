target "default" {
  tags = [late]
}

late = "defined below"
