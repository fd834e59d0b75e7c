target "default" {
  ulimits = ["nofile=1024:2048", "core=0", "core=0", "nproc=5:5"]
}
