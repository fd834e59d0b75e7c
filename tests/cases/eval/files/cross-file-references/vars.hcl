variable "REPO" {
  default = "ghcr.io/acme"
}
function "tags" {
  params = [name]
  result = ["${REPO}/${name}:latest"]
}
target "_base" {
  labels = { repo = REPO }
}
