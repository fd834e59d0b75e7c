# $ add app.tags=acme/app:2
variable "RELEASE" {
  default = false
}
target "app" {
  tags = RELEASE ? ["acme/app:1"] : ["acme/app:dev"]
}
# --- after
variable "RELEASE" {
  default = false
}
target "app" {
  tags = concat(RELEASE ? ["acme/app:1"] : ["acme/app:dev"], ["acme/app:2"])
}
