target "default" {
  args = {
    all        = replace("1.2.3", ".", "-")
    none       = replace("abc", "x", "y")
    remove     = replace("a b c", " ", "")
    literal    = replace("a.b|c", "/[.|]/", "-")
    empty      = replace("abc", "", "-")
    overlap    = replace("aaaa", "aa", "b")
  }
}
