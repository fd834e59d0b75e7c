function "join_all" {
  params          = []
  variadic_params = parts
  result          = join("/", parts)
}

variable "REPO" {
  default = join_all("ghcr.io", "acme", "app")
}

target "default" {
  tags = [REPO]
}
