target "default" {
  dockerfile-inline = <<-EOT
    FROM alpine
    RUN echo ${missing}
  EOT
}
