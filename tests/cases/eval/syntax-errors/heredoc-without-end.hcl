x = <<E
a
target "default" {}
