o = { a = { "b-c" = [10, { d = "deep" }] }, "0" = "zero", list = ["x", "y"] }

target "default" {
  args = {
    dots      = o.a.b-c[0]
    index     = o["a"]["b-c"][1].d
    computed  = o[lower("A")].b-c[1]["d"]
    legacy    = o.list.1
    number    = o[0]
    text      = o.list["1"]
    literal   = ["p", "q"][1]
    object    = { k = "v" }.k
    call      = split(",", "m,n")[1]
    grouped   = (o.list)[0]
  }
}
