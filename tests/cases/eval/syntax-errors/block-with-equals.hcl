target "x" = {
}
target "default" {}
