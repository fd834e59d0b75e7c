# $ set app.labels.com.acme.team=blue
target "app" {
  labels = {
    "com.acme.owner": "me",
    "com.acme.site": "web"
  }
}
# --- after
target "app" {
  labels = {
    "com.acme.owner": "me",
    "com.acme.site": "web",
    "com.acme.team": "blue"
  }
}
