# $ print
# $ VERSIONS=3.13,3.14 print
variable "VERSIONS" {
  default = "3.11,3.12"
}

target "default" {
  name   = "py${replace(v, ".", "")}"
  matrix = { v = split(",", VERSIONS) }
  args   = { PYTHON_VERSION = v }
}
