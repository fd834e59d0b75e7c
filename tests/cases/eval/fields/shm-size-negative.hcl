target "default" {
  shm-size = "-1"
}
