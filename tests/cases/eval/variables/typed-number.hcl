# $ print
# $ n=2.50 print
# $ n=1_000 print
# $ n=x print
# $ n_JSON='"5"' print
# $ n=NaN print
variable "n" {
  type    = number
  default = "3"
}

target "default" {
  args = { n = n, half = n / 2 }
}
