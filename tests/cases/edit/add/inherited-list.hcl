# $ add app.tags=acme/app:2
target "base" {
  tags = [
    "acme/base:${TAG}",
    "acme/base:latest",
  ]
}
variable "TAG" {
  default = "1"
}
target "app" {
  inherits = ["base"]
}
# --- after
target "base" {
  tags = [
    "acme/base:${TAG}",
    "acme/base:latest",
  ]
}
variable "TAG" {
  default = "1"
}
target "app" {
  inherits = ["base"]
  tags = ["acme/base:${TAG}", "acme/base:latest", "acme/app:2"]
}
# --- says
docker-bake.hcl:2:10: info: "app" has a list of its own now; its other items were copied from "base" [copied-down]
2 |   tags = [
  |          ^
...
5 |   ]
  |   ^
