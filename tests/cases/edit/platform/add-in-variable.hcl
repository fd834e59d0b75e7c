# $ platform add linux/arm64 app
variable "PLATFORMS" {
  default = ["linux/amd64"]
}
target "app" {
  platforms = PLATFORMS
}
# --- after
variable "PLATFORMS" {
  default = ["linux/amd64", "linux/arm64"]
}
target "app" {
  platforms = PLATFORMS
}
