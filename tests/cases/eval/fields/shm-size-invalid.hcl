target "default" {
  shm-size = "foo"
}
