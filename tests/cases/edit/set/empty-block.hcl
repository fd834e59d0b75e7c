# $ set app.dockerfile=Other
target "app" {}
# end
# --- after
target "app" {
  dockerfile = "Other"
}
# end
