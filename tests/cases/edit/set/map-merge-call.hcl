# $ set app.args.B=2
variable "COMMON" {
  default = { A = "1" }
}
target "app" {
  args = merge(COMMON, { C = "3" })
}
# --- after
variable "COMMON" {
  default = { A = "1" }
}
target "app" {
  args = merge(COMMON, { C = "3", B = "2" })
}
