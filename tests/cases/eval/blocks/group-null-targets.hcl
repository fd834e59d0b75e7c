group "default" {
  targets = null
}
