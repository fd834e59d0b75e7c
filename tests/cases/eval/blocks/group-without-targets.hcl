group "default" {
}

target "a" {}
