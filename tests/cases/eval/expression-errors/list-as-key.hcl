x = {([1])=1}
target "default" {}
