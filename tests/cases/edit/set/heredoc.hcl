# $ set app.dockerfile-inline='FROM scratch'
target "app" {
  dockerfile-inline = <<EOF
FROM alpine
RUN true
EOF
  tags = ["acme/app"]
}
# --- after
target "app" {
  dockerfile-inline = "FROM scratch"
  tags = ["acme/app"]
}
