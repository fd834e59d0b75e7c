# $ variable remove TAG
variable "TAG" {
  default = "1"
}
target "app" {
  tags = ["app:${TAG}"]
}
# --- says
docker-bake.hcl:1:10: error: variable "TAG" is used in 1 place [still-used]
1 | variable "TAG" {
  |          ^^^^^ help: replace these first
docker-bake.hcl:5:18: note: "TAG" is used here
