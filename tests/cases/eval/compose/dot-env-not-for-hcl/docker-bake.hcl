variable "TAG" {
  default = "hcl"
}
target "default" {
  tags = [TAG]
}
