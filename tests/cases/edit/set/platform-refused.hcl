# $ set app.platform=linux/amd64 app.platform=lin/ux/arm/64
target "app" {
}
# --- says
error: "lin/ux/arm/64" is not a platform [bad-value]
help: write "linux/arm64"
