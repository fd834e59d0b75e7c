target "default" {
  args = {
    a = jsonencode(<<EOT
${5}
EOT
    )
    b = jsonencode(<<EOT
${5 ~}
EOT
    )
  }
}
