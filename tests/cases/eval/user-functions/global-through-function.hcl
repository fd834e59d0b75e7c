url = image("app")

function "image" {
  params = [name]
  result = "${registry}/${name}"
}

registry = "ghcr.io/acme"

target "default" {
  tags = [url]
}
