# differs: buildx 0.30 and later give a typed null
variable "s" {
  type = string
}

target "default" {
  args = { s = s, n = s == null }
}
