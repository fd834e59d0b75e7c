# $ print
# $ o_JSON='{"name":"x"}' print
# $ o_JSON='{"name":"x","port":"80"}' print
# $ o_JSON='{"name":"x","other":1}' print
# $ o=x print
variable "o" {
  type = object({
    name = string
    port = optional(number)
  })
  default = { name = "d" }
}

target "default" {
  args = { name = o.name, port = o.port, all = jsonencode(o) }
}
