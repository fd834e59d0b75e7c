target "default" {
  args = {
    class    = regex_replace("feature/Add x", "[^a-zA-Z0-9]+", "-")
    group    = regex_replace("v1.2.3", "v([0-9]+)\\.([0-9]+).*", "$1-$2")
    longest  = regex_replace("ab", "(a)", "$1x")
    braces   = regex_replace("ab", "(a)", "$${1}x")
    named    = regex_replace("ab", "(?P<first>a)", "$${first}$${first}")
    dollar   = regex_replace("ab", "a", "$$")
    anchor   = regex_replace("a\na", "^a", "b")
    multi    = regex_replace("a\na", "(?m)^a", "b")
    fold     = regex_replace("AbaB", "(?i)ab", "x")
    empty    = regex_replace("abc", "", "-")
    unknown  = regex_replace("abc", "b", "[$9]")
  }
}
