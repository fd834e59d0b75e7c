target "default" {  tags = ["a"]
}
