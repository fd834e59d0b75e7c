x = 1 /* over
two lines */ y = 2

target "default" {}
