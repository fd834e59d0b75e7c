target "default" {
  annotations = [
    "a=1",
    "index:b=2",
    "manifest[linux/amd64]:c=3",
    "index,manifest-descriptor:d=4",
    "",
    "a=1",
  ]
}
