variable "a" "b" {
}

target "default" {}
