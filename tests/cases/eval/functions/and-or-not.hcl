target "default" {
  args = { a = and(true, "1"), b = or(false, "0"), c = not("true"), d = and(true, not(false)) }
}
