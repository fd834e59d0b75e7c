# $ cache set inline app
target "app" {
}
# --- says
error: target "app" has no tags, and an inline cache is in the image [bad-cache]
help: give it a tag first, or choose another cache
