x = "%{if true}a"
target "default" {}
