# $ print
# $ t=x,5,true print
# $ t=x print
# $ t_JSON='["y",6,false]' print
variable "t" {
  type    = tuple([string, number, bool])
  default = ["a", 1, false]
}

target "default" {
  args = { t = jsonencode(t) }
}
