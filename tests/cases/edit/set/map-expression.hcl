# $ set app.args.B=2
variable "COMMON" {
  default = { A = "1" }
}
target "app" {
  args = COMMON
}
# --- after
variable "COMMON" {
  default = { A = "1" }
}
target "app" {
  args = merge(COMMON, { B = "2" })
}
