# $ group add default worker app
group "default" {
  targets = [
    "app"
  ]
}
target "app" {
}
target "worker" {
}
# --- after
group "default" {
  targets = [
    "app",
    "worker"
  ]
}
target "app" {
}
target "worker" {
}
