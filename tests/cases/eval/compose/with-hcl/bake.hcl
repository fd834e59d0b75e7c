group "default" {
  targets = ["api"]
}
target "api" {
  inherits = ["web"]
}
target "web" {
  args = { A = "hcl" }
}
