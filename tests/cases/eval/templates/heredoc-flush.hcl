target "default" {
  dockerfile-inline = <<-EOT
    FROM alpine
      RUN echo more
    RUN true
  EOT
}
