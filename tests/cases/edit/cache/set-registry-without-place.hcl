# $ cache set registry app
target "app" {
}
# --- says
error: the cache "registry" needs a place [bad-cache]
help: write bakectl cache set registry=ghcr.io/acme/cache/{target} app
