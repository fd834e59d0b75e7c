target "default" {
  args = { for v in [["a"]] : v => 1 }
}
