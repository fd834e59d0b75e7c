target "default" {
  args = { a = "0x10" + 0 }
}
