variable "which" {
  default = "a"
}

target "a" {
  context = "c"
}

target "default" {
  args = { v = target[which].context }
}
