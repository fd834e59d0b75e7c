versions = ["1", "2"]
images = {
  app = "acme/app"
  db  = "acme/db"
}

target "default" {
  tags = flatten([for v in versions : [for k, i in images : "${i}:${v}-${k}"]])
}
