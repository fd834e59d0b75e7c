# $ variable rename TAG OTHER
variable "TAG" {
  default = "1"
}
variable "OTHER" {
  default = "2"
}
target "app" {
}
# --- says
docker-bake.hcl:4:10: error: there is a variable "OTHER" already [name-taken]
4 | variable "OTHER" {
  |          ^^^^^^^
