target "default" {
  args = {
    a = "$${a"
    b = "%%{a"
    c = "$$$${x}"
    d = "%%%%{x}"
    e = "$%{ if true }x%{ endif }"
    f = "%${1}"
    g = "$$ ${"x"} $$"
  }
}
