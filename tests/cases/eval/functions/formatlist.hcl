target "default" {
  args = {
    list     = jsonencode(formatlist("%s:%s", ["a", "b"], ["1", "2"]))
    repeated = jsonencode(formatlist("%s/%s", "acme", ["web", "api"]))
    empty    = jsonencode(formatlist("%s", []))
    set      = jsonencode(formatlist("<%s>", setunion(["b"], ["a"])))
  }
  tags = formatlist("ghcr.io/acme/app:%s", ["latest", "1.2"])
}
