# $ platform add linux/arm64 app
target "app" {
}
# --- after
target "app" {
  platforms = ["linux/arm64"]
}
# --- says
info: target "app" had no list of platforms: it is built for linux/arm64 only now [only-platform]
