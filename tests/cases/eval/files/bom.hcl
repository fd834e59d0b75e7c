# $ print
target "default" {
  tags = ["bom"]
}
