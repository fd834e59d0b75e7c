# $ set app.pull=true
target "app" {
  name = "app-${v}"
  matrix = {
    v = ["1", "2"]
  }
  tags = ["acme/app:${v}"]
}
# --- after
target "app" {
  name = "app-${v}"
  matrix = {
    v = ["1", "2"]
  }
  tags = ["acme/app:${v}"]
  pull = true
}
