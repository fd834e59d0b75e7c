# $ print a
group "a" {
  targets = ["a"]
}
