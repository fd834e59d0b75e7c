# $ print a b c
target "a" {
  shm-size = "128m"
}

target "b" {
  shm-size = 67108864
}

target "c" {
  shm-size = "1.5gb"
}
