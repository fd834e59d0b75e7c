# $ print
# $ TAG=v1 print
variable "TAG" {
  default = null
}

target "default" {
  args = { TAG = TAG, NULL = TAG == null }
}
