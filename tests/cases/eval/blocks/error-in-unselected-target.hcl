# $ print good
target "good" {}

target "bad" {
  tags = [nope]
}
