# $ print
# $ KIND=full print
variable "KIND" {
  default = "slim"
}

target "_slim" {
  args = { BASE = "alpine" }
}

target "_full" {
  args = { BASE = "debian" }
}

target "default" {
  inherits = ["_${KIND}"]
}
