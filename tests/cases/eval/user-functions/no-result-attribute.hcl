# place: 2 the name of the function, not its last attribute
function "f" {
  params = []
}

target "default" {}
