name = "from-global"

target "default" {
  args = {
    bare       = "literal text"
    "quoted"   = 1
    (name)     = "parentheses"
    "t-${name}" = "template"
    true       = "literal true"
    null       = "literal null"
    name       = "not the global"
    12         = "number"
    upper("f") = "call"
  }
}
