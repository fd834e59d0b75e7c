# $ set app.args.VERSION=2
target "base" {
  args = {
    VERSION = "1"
  }
}
target "app" {
  inherits = ["base"]
}
# --- after
target "base" {
  args = {
    VERSION = "1"
  }
}
target "app" {
  inherits = ["base"]
  args = {
    VERSION = "2"
  }
}
