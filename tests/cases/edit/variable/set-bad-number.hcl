# $ variable set COUNT=many
variable "COUNT" {
  default = 1
}
target "app" {
}
# --- says
error: the variable is a number, and "many" is none [bad-value]
