target "default" {
  args = {
    plain    = jsonencode({ for v in ["a", "b"] : v => upper(v) })
    swap     = jsonencode({ for k, v in { a = "x", b = "y" } : v => k })
    filter   = jsonencode({ for k, v in { a = 1, b = null } : k => v if v != null })
    grouped  = jsonencode({ for v in ["apple", "avocado", "banana"] : substr(v, 0, 1) => v... })
    computed = jsonencode({ for i, v in ["a", "b"] : "${v}-${i}" => i })
    numbers  = jsonencode({ for n in [1, 2] : n => n * n })
    empty    = jsonencode({ for v in [] : v => v })
  }
}
