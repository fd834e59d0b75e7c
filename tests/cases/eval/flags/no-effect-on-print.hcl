# $ print --allow=network.host --allow=fs.read=/tmp
target "default" {
  network = "host"
}
