target "default" {
  name = "img-${item.name}"
  matrix = {
    item = [
      { name = "web", port = 80, tags = ["latest", "1"] },
      { name = "api", port = 8080, tags = ["edge"] },
    ]
  }
  args = { PORT = item.port }
  tags = [for t in item.tags : "acme/${item.name}:${t}"]
}
