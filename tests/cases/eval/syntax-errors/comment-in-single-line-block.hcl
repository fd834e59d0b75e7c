target "default" { tags = ["a"] # comment }
}
