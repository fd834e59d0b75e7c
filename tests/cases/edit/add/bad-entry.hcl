# $ add app.cache-to=mode=max,scope=x
target "app" {
}
# --- says
error: "cache-to" cannot hold this: the cache "mode=max,scope=x" has no type; add type=registry, type=gha or another [bad-value]
