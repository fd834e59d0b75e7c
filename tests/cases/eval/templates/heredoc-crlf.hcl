target "default" {
  dockerfile-inline = <<EOT
FROM alpine
RUN true
EOT
}
