variable "TAG" {
  default = "hcl"
}
