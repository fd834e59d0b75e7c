# $ variable add NAMES --type 'list(string)'
variable "TAG" {
  default = "1"
}
target "app" {
}
# --- after
variable "TAG" {
  default = "1"
}

variable "NAMES" {
  type = list(string)
}
target "app" {
}
