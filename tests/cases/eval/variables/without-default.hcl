# $ print
# $ TAG=v1 print
variable "TAG" {
}

target "default" {
  args = { TAG = TAG, EMPTY = TAG == "", NULL = TAG == null }
}
