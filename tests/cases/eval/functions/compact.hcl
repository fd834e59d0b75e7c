variable "TAG" {
  default = ""
}

target "default" {
  tags = compact(["latest", TAG, null, "1.2", ""])
  args = { empty = jsonencode(compact([])), numbers = jsonencode(compact([1, "", 2])) }
}
