# $ print
# $ REPO=other print
variable "REPO" {
  default = "acme"
}

prefix = "${REPO}/"

function "image" {
  params = [name]
  result = "${prefix}${name}"
}

target "default" {
  tags = [image("app")]
}
