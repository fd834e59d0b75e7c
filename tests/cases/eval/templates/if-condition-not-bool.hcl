target "default" {
  args = { a = "%{ if "z" }x%{ endif }" }
}
