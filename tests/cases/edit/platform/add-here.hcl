# $ platform add linux/arm/v7 app --here
target "base" {
  platforms = ["linux/amd64", "linux/arm64"]
}
target "app" {
  inherits = ["base"]
}
# --- after
target "base" {
  platforms = ["linux/amd64", "linux/arm64"]
}
target "app" {
  inherits = ["base"]
  platforms = ["linux/amd64", "linux/arm64", "linux/arm/v7"]
}
# --- says
docker-bake.hcl:2:15: info: "app" has a list of its own now; its other items were copied from "base" [copied-down]
2 |   platforms = ["linux/amd64", "linux/arm64"]
  |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
