variable "M" {
  type    = map(string)
  default = { a = "x" }
}

target "default" {
  args = {
    index     = index(["a", "b"], 1)
    map       = index(M, "a")
    has       = hasindex(["a"], 0)
    has-not   = hasindex(["a"], 1)
    has-map   = hasindex(M, "z")
    has-text  = hasindex(["a"], "0")
  }
}
