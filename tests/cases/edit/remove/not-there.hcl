# $ remove app.tags=acme/app:1.3
target "app" {
  tags = ["acme/app:1.2"]
}
# --- says
info: "acme/app:1.3" is not in app.tags, and nothing is removed [not-set]
help: did you mean "acme/app:1.2"?
