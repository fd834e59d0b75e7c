x = 0x10
target "default" {}
