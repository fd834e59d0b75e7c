# differs: buildx 0.35 and later have resources
target "default" {
  resources = {
    memory     = "1g"
    cpu-shares = 512
    cpuset-cpus = "0-1"
  }
  ulimits = ["core=1"]
  call    = "check"
}
