x = 'a'
target "default" {}
