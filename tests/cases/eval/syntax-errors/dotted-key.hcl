x = {a.b=1}
target "default" {}
