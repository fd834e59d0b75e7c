# place: 2 the bracket that is never closed
x = [1, 2
target "default" {}
