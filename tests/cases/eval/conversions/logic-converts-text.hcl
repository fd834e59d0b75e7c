target "default" {
  args = {
    and = "true" && "1"
    or  = "false" || "0"
    not = !"false"
  }
}
