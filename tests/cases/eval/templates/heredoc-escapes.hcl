target "default" {
  dockerfile-inline = <<EOT
back\slash \n \t "quotes" $${literal} %%{literal} $VAR $$ 100%
EOT
}
