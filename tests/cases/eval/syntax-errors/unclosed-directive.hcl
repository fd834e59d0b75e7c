target "default" {
  args = { a = "%{ for x in [1] }x" }
}
