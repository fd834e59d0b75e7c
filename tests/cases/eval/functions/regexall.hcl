target "default" {
  args = {
    plain   = jsonencode(regexall("[0-9]+", "a12b34"))
    none    = jsonencode(regexall("x", "abc"))
    groups  = jsonencode(regexall("([a-z])([0-9])", "a1b2"))
    named   = jsonencode(regexall("(?P<l>[a-z])", "ab"))
    empty   = jsonencode(regexall("a*", "baac"))
    count   = length(regexall("ab", "abab"))
  }
}
