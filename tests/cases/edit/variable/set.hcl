# $ variable set TAG=2 COUNT=3 FLAG=1
variable "TAG" {
  default = "1" # one
}
variable "COUNT" {
  default = 1
}
variable "FLAG" {
  type = bool
}
target "app" {
  tags = ["app:${TAG}"]
  args = {
    COUNT = COUNT
  }
}
# --- after
variable "TAG" {
  default = "2" # one
}
variable "COUNT" {
  default = 3
}
variable "FLAG" {
  type = bool
  default = true
}
target "app" {
  tags = ["app:${TAG}"]
  args = {
    COUNT = COUNT
  }
}
