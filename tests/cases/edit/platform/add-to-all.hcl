# $ platform add linux/arm64
target "app" {
  platforms = [
    "linux/amd64",
  ]
}
target "web" {
  platforms = ["linux/amd64"]
}
target "tool" {
}
# --- after
target "app" {
  platforms = [
    "linux/amd64",
    "linux/arm64",
  ]
}
target "web" {
  platforms = ["linux/amd64", "linux/arm64"]
}
target "tool" {
}
