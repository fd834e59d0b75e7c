# $ set app.dockerfile=Other
target "app" { tags = ["acme/app"] }
target "other" { tags = ["acme/other"] }
# --- after
target "app" {
  tags = ["acme/app"]
  dockerfile = "Other"
}
target "other" { tags = ["acme/other"] }
