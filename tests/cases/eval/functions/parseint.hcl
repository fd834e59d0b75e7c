target "default" {
  args = { a = parseint("ff", 16), b = parseint("-101", 2), c = parseint("Zz", 62), d = parseint("+7", 10), e = parseint("FF", 16), f = parseint("z", 36) }
}
