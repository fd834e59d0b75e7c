target "default" {
  dockerfile-inline = <<EOT
FROM alpine
  RUN echo "kept  indent"

RUN true
EOT
}
