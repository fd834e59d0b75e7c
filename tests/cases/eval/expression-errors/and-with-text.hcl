x = true && "z"
target "default" {}
