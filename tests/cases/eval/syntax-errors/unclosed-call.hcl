# place: 2 the parenthesis that is never closed
x = upper("a"
target "default" {}
