target "default" {
  args = { a = <<EOT
never closed
}
