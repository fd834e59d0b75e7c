target "default" {
  dockerfile-inline = <<EOT 
x
EOT
}
