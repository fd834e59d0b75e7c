x = "\UFFFFFFFF"
target "default" {}
