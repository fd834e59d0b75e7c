# $ remove app.tags=acme/app:1
variable "TAGS" {
  default = "acme/app:1"
}
target "app" {
  tags = split(",", TAGS)
}
# --- says
docker-bake.hcl:5:10: error: "tags" is put together by an expression, and its items are not all written here [not-literal]
5 |   tags = split(",", TAGS)
  |          ^^^^^^^^^^^^^^^^ help: change the expression by hand
