# $ print g
group "g" {
  targets = []
}
