# $ print good
target "good" {}

target "bad" {
  inherits = ["nobody"]
}
