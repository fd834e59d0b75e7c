target x y {
}
target "default" {}
