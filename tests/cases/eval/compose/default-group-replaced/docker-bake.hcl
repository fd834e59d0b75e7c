group "default" {
  targets = ["db"]
}
