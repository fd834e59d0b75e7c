# place: 2 the parenthesis that is never closed
x = (1
target "default" {}
