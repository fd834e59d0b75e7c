# $ print
# $ o_JSON='[{"name":"x","args":{"A":1},"tags":["t"]}]' print
# $ o=x print
variable "o" {
  type = list(object({
    name = string
    args = map(string)
    tags = set(string)
  }))
  default = [
    { name = "a", args = { B = 2 }, tags = ["v", "u"], extra = "dropped" },
  ]
}

target "default" {
  args = merge(o[0].args, { json = jsonencode(o) })
  tags = o[0].tags
}
