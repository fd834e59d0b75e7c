target "default" {
  cache-from = ["TYPE=local,Src=A"]
}
