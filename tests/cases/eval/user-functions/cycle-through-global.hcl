x = f(1)

function "f" {
  params = [a]
  result = x
}

target "default" {}
