x = "X"

target "default" {
  dockerfile-inline = <<-EOT
      a
    ${x}
      b ${x}
  EOT
}
