function "to-tag" {
  params = [image-name]
  result = "acme/${image-name}"
}

target "default" {
  tags = [to-tag("app")]
}
