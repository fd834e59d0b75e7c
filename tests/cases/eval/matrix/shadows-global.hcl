variable "x" {
  default = "global"
}

group "default" {
  targets = ["m", "plain"]
}

target "m" {
  name    = "m-${x}"
  matrix  = { x = ["a", "b"] }
  context = x
}

target "plain" {
  args = { a = target.m-a.context, b = x }
}
