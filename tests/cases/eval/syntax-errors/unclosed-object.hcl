# place: 2 the brace that is never closed
x = {a=1
target "default" {}
