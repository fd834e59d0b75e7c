# $ print a b c d e
target "a" {
  shm-size = "1e3"
}

target "b" {
  shm-size = ".5g"
}

target "c" {
  shm-size = "1.5 GB"
}

target "d" {
  shm-size = "+5m"
}

target "e" {
  shm-size = "1KiB"
}
