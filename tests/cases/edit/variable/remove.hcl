# $ variable remove TAG
variable "TAG" {
  default = "1"
}

target "app" {
}
# --- after
target "app" {
}
