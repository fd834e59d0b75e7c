target "default" {
  args = {
    a = <<EOT
x
EOT
    , b = "y"
  }
}
