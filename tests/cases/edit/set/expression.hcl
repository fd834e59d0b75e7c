# $ set app.args.COMMIT='substr(SHA, 0, 7)' --expr
variable "SHA" {
  default = "0123456789abcdef"
}
target "app" {
  args = {
    COMMIT = "none"
  }
}
# --- after
variable "SHA" {
  default = "0123456789abcdef"
}
target "app" {
  args = {
    COMMIT = substr(SHA, 0, 7)
  }
}
