target "default" {
  args = {
    newline   = "a\nb"
    tab       = "a\tb"
    return    = "a\rb"
    quote     = "\"quoted\""
    backslash = "a\\nb"
    unicode   = "\u00e9\u2028"
    long      = "\U0001F600"
    raw-tab   = "a	b"
    slashes   = "http://x/y#z"
    nul       = "\u0000"
  }
}
