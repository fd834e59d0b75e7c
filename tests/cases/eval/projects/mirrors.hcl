# $ print
# $ REGISTRIES=ghcr.io/acme,quay.io/acme,docker.io/acme TAGS=1.2,latest print
variable "REGISTRIES" {
  type    = list(string)
  default = ["ghcr.io/acme"]
}

variable "TAGS" {
  type    = list(string)
  default = ["dev"]
}

target "default" {
  tags   = [for pair in setproduct(REGISTRIES, TAGS) : "${pair[0]}/app:${pair[1]}"]
  output = [for r in REGISTRIES : "type=image,name=${r}/app,push-by-digest=true,name-canonical=true"]
}
