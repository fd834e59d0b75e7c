target "default" {
  dockerfile-inline = <<-EOT
    a
    %{~ if true }
    b
    %{~ endif }
    c
  EOT
}
