target "default" {
  dockerfile-inline = <<EOT
FROM alpine
RUN echo ${HOME:-/root}
EOT
}
