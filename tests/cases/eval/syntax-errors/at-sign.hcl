x = @
target "default" {}
