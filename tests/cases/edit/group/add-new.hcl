# $ group add images app
# settings
variable "TAG" {
  default = "1"
}

# the app
target "app" {
}
# --- after
group "images" {
  targets = ["app"]
}

# settings
variable "TAG" {
  default = "1"
}

# the app
target "app" {
}
