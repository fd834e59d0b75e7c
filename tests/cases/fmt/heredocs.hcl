target "x" {
dockerfile-inline=<<EOT
  FROM alpine
 RUN x
EOT
    args={
A=<<-EOT
      a
       ${ b }
    EOT
BB=1
}
}
# --- after
target "x" {
  dockerfile-inline = <<EOT
  FROM alpine
 RUN x
EOT
  args = {
    A  = <<-EOT
      a
       ${b}
    EOT
    BB = 1
  }
}
