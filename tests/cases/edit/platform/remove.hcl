# $ platform remove linux/arm64/v8 default
group "default" {
  targets = ["app", "web"]
}
target "app" {
  platforms = ["linux/amd64", "linux/arm64"]
}
target "web" {
  platforms = ["linux/amd64", "linux/arm64"]
}
# --- after
group "default" {
  targets = ["app", "web"]
}
target "app" {
  platforms = ["linux/amd64"]
}
target "web" {
  platforms = ["linux/amd64"]
}
