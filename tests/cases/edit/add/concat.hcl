# $ add app.tags=acme/app:2
variable "TAGS" {
  default = ["acme/app:1"]
}
target "app" {
  tags = concat(TAGS, ["acme/app:latest"])
}
# --- after
variable "TAGS" {
  default = ["acme/app:1"]
}
target "app" {
  tags = concat(TAGS, ["acme/app:latest", "acme/app:2"])
}
