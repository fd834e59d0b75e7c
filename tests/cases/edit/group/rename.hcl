# $ group rename images all
group "default" {
  targets = ["images"]
}
group "images" {
  targets = ["app"]
}
target "app" {
}
# --- after
group "default" {
  targets = ["all"]
}
group "all" {
  targets = ["app"]
}
target "app" {
}
