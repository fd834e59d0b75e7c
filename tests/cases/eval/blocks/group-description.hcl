# $ print all
group "all" {
  description = "everything there is"
  targets     = ["a"]
}

target "a" {
  description = "the only one"
}
