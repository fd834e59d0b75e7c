x = "1\n  2"

target "default" {
  dockerfile-inline = <<-EOT
    a
    ${x}
    b
  EOT
}
