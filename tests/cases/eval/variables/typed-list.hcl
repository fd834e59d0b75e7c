# $ print
# $ l=x,y print
# $ l='a,"b,c"' print
# $ l=' x , y ' print
# $ l= print
# $ l='a"b' print
# $ l_JSON='["p",1,true]' print
# $ l_JSON='[["p"]]' print
# $ l_JSON='[' print
variable "l" {
  type    = list(string)
  default = ["a"]
}

target "default" {
  tags = l
}
