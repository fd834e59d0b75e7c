function "unused" {
  params = [a]
  result = "${a}${missing}"
}

target "default" {}
