# $ cache set 'registry=ghcr.io/acme/cache:{target}-{platform}' app
target "app" {
  platforms = ["linux/amd64", "linux/arm64"]
}
# --- after
target "app" {
  platforms = ["linux/amd64", "linux/arm64"]
  cache-from = ["type=registry,ref=ghcr.io/acme/cache:app-all"]
  cache-to = ["type=registry,ref=ghcr.io/acme/cache:app-all,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true"]
}
