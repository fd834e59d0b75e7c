target "default" {
  args = {
    text      = "x"
    empty     = ""
    number    = 1.50
    negative  = -3
    yes       = true
    no        = false
    unset     = null
    "quoted key" = 1
    (upper("computed")) = 1
    12        = "number key"
  }
}
