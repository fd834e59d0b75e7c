# $ cache set inline app
variable "TAG" {
  default = "1"
}
target "app" {
  tags = ["acme/app:${TAG}", "acme/app:latest"]
}
# --- after
variable "TAG" {
  default = "1"
}
target "app" {
  tags = ["acme/app:${TAG}", "acme/app:latest"]
  cache-from = ["type=registry,ref=acme/app:${TAG}"]
  cache-to = ["type=inline"]
}
