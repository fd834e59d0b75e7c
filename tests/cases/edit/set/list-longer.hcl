# $ set app.platform=linux/amd64 app.platform=linux/arm64 app.platform=linux/arm/v7
target "app" {
  platforms = [
    "linux/amd64",
    "linux/arm64"
  ]
}
# --- after
target "app" {
  platforms = [
    "linux/amd64",
    "linux/arm64",
    "linux/arm/v7"
  ]
}
