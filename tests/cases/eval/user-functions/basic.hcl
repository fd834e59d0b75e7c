function "tag" {
  params = [name, version]
  result = "acme/${name}:${version}"
}

target "default" {
  tags = [tag("app", "1"), tag("db", 2)]
}
