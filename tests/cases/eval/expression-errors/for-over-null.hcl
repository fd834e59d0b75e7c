x = [for a in null: a]
target "default" {}
