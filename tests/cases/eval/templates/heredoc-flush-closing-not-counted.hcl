target "default" {
  dockerfile-inline = <<-EOT
      deep
EOT
}
