variable "tag" {
  default = "v"
}

function "tag" {
  params = [x]
  result = "${tag}${x}"
}

target "default" {
  tags = [tag(1)]
}
