variable "BASE" {
  default = "alpine:3.20"
}

target "default" {
  dockerfile-inline = <<-EOT
    # syntax=docker/dockerfile:1
    FROM ${BASE} AS base
    RUN <<SH
      echo "$${HOME} costs 5 $"
    SH
  EOT
}
