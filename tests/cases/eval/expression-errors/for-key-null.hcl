target "default" {
  args = { for v in [null] : v => 1 }
}
