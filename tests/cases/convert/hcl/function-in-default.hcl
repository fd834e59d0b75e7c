function "lowered" {
  params = [text]
  result = lower(text)
}

variable "NAME" {
  default = lowered("APP")
}

target "default" {
  tags = [NAME]
}
