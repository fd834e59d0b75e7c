# $ l='a,' print
# $ l=',' print
# $ l='a, "b"' print
variable "l" {
  type = list(string)
}

target "default" {
  args = { l = jsonencode(l) }
}
