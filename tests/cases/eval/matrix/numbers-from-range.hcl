target "default" {
  name   = "shard-${i + 1}"
  matrix = { i = range(3) }
  args   = { SHARD = "${i + 1}/3", SHARE = (i + 1) / 4 }
}
