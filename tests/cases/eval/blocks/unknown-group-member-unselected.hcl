# $ print good
group "bad" {
  targets = ["nobody"]
}

target "good" {}
