target "default" {
  args = { a = jsonencode(<<EOT
EOT
  ) }
}
