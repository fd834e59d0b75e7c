# $ group remove default worker
group "default" {
  targets = ["app", "worker"]
}
target "app" {
}
target "worker" {
}
# --- after
group "default" {
  targets = ["app"]
}
target "app" {
}
target "worker" {
}
