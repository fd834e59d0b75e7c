x = upper([]... , 1)
target "default" {}
