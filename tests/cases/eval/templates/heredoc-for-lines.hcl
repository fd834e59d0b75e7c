target "default" {
  dockerfile-inline = <<-EOT
    FROM alpine
    %{ for p in ["curl", "git"] }
    RUN apk add ${p}
    %{ endfor }
  EOT
}
