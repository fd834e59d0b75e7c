x = "X"

target "default" {
  dockerfile-inline = <<-EOT
    a
${x} counts as no indent
    b
  EOT
}
