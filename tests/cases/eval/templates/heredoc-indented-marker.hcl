target "default" {
  dockerfile-inline = <<EOT
    kept
    EOT
}
