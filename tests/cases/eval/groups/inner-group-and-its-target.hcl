# $ print a
group "a" {
  targets = ["b"]
}

group "b" {
  targets = ["b"]
}

target "b" {
  tags = ["x"]
}
