# $ print default own dup
target "p" {
  tags      = ["a"]
  platforms = ["linux/amd64"]
  output    = ["type=docker"]
  cache-to  = ["type=inline"]
}

target "q" {
  tags      = []
  platforms = []
  output    = []
  cache-to  = []
}

target "default" {
  inherits = ["p", "q"]
}

target "own" {
  inherits = ["p"]
  output   = []
  cache-to = []
}

target "dup" {
  output   = ["type=docker"]
  cache-to = ["type=inline"]
}

target "dup" {
  output   = []
  cache-to = []
}
