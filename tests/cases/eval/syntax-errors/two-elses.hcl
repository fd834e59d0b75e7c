target "default" {
  args = { a = "%{ if true }x%{ else }y%{ else }z%{ endif }" }
}
