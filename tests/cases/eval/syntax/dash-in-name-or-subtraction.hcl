a   = 5
a-1 = "one name"

target "default" {
  args = { name = a-1, difference = a - 1, tight = (a)-1 }
}
