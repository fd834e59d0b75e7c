function "dockerfile" {
  params = [base, packages]
  result = <<-EOT
    FROM ${base}
    %{~ for p in packages }
    RUN install ${p}
    %{~ endfor }
  EOT
}

target "default" {
  dockerfile-inline = dockerfile("alpine", ["curl", "git"])
}
