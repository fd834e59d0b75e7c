target "default" {
  dockerfile-inline = <<EOT
EOT is not alone here
 EOTX neither
EOT
}
