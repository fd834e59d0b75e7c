# $ print --set default.extra-hosts.db=10.0.0.3 --set default.extra-hosts.new=::1
target "default" {
  extra-hosts = { db = "10.0.0.2" }
}
