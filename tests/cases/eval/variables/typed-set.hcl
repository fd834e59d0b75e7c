# $ print
# $ s=b,a,b print
# $ s_JSON='["z","z","y"]' print
variable "s" {
  type    = set(string)
  default = ["d", "c", "d"]
}

target "default" {
  tags = s
  args = { n = length(s) }
}
