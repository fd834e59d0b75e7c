variable "V" {
  default = "1"
}
target "default" {
  args = { hcl = V, who = "hcl" }
}
