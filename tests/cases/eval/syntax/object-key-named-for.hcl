target "default" {
  args   = { a = 1, for = 2 }
  labels = { "for" = 3 }
}
