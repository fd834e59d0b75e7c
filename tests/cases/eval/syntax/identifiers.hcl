a-1    = "dash"
_b     = "underscore"
c2     = "digit"
größe  = "umlaut"
for    = "keyword"
if     = "keyword"
target = "ignored"

target "default" {
  args = { a = a-1, b = _b, c = c2, d = größe, e = for, f = if }
}
