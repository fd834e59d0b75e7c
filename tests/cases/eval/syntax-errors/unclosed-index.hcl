# place: 2 the bracket that is never closed
x = a[0
target "default" {}
