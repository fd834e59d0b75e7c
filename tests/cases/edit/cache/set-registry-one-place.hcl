# $ cache set registry=ghcr.io/acme/cache app web
target "app" {
}
target "web" {
}
# --- says
error: app and web would write one cache: registry ghcr.io/acme/cache:latest [cache-collision]
help: give each its own: registry=ghcr.io/acme/cache-{target}
