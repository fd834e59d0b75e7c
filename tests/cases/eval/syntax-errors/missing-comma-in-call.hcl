x = upper("a" "b")
target "default" {}
