# $ print
# $ registry=x print
registry = "ghcr.io/acme"
image    = "${registry}/app"

target "default" {
  tags = ["${image}:latest"]
}
