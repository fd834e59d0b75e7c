# $ remove app.tags=acme/app:1
variable "TAGS" {
  default = ["acme/app:2"]
}
target "app" {
  tags = concat(TAGS, ["acme/app:1"])
}
# --- after
variable "TAGS" {
  default = ["acme/app:2"]
}
target "app" {
  tags = TAGS
}
