o = { list = [{ n = "a", t = ["x", "y"] }, { n = "b", t = ["z"] }], none = null, one = { n = "single", t = ["s"] } }

target "default" {
  args = {
    attribute = jsonencode(o.list.*.n)
    full      = jsonencode(o.list[*].n)
    index     = jsonencode(o.list[*].t[0])
    legacy    = jsonencode(o.list.*.t.0)
    null      = jsonencode(o.none[*])
    single    = jsonencode(o.one[*].n)
    text      = jsonencode("x"[*])
    set       = jsonencode(setunion(["b"], ["a"])[*])
    empty     = jsonencode([][*].n)
    attribute-then-index = jsonencode(o.list.*.n[0])
  }
}
