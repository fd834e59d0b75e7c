target "default" {
  dockerfile-inline = <<EOT
a
  %{~ for x in ["1", "2"] ~}
  x${x}
  %{~ endfor ~}
b
EOT
}
