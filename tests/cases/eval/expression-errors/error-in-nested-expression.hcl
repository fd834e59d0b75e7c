target "default" {
  tags = [
    "ok",
    upper(lower(nope)),
  ]
}
