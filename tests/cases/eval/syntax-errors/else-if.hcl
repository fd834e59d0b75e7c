target "default" {
  args = { a = "%{ if true }x%{ else if false }y%{ endif }" }
}
