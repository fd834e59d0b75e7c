target "default" {
  args = {
    list   = "%{ for x in ["a", "b"] }${x};%{ endfor }"
    keys   = "%{ for k, v in { b = 2, a = 1 } }${k}=${v} %{ endfor }"
    index  = "%{ for i, x in ["a", "b"] }${i}${x}%{ endfor }"
    empty  = "[%{ for x in [] }x%{ endfor }]"
    nested = "%{ for x in [1, 2] }%{ if x == 2 }two%{ endif }%{ endfor }"
  }
}
