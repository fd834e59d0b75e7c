# $ add app.dockerfile=x
target "app" {
}
# --- says
error: "app.dockerfile" holds one value, and nothing can be added to it [bad-key]
help: bakectl set app.dockerfile=x
