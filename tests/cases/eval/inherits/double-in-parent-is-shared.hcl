# differs: buildx drops the double in place, and what "x" appends then shows up in "y" as well
# $ print x y
target "base" {
  cache-from = ["type=inline", "type=inline"]
}

target "x" {
  inherits   = ["base"]
  cache-from = ["acme/x"]
}

target "y" {
  inherits   = ["base"]
  cache-from = ["acme/y"]
}
