target "default" {
  annotations = ["a=", "b=c=d", "index:a:b=c", "index[linux/amd64]:e=f"]
}
