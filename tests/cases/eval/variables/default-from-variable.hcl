# $ print
# $ VERSION=2 print
# $ FULL=x print
variable "VERSION" {
  default = "1"
}

variable "FULL" {
  default = "v${VERSION}.0"
}

target "default" {
  tags = [FULL]
}
