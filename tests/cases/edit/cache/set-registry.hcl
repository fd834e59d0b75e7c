# $ cache set registry=ghcr.io/acme/cache:{target} default
group "default" {
  targets = ["app", "web"]
}
target "app" {
}
target "web" {
}
# --- after
group "default" {
  targets = ["app", "web"]
}
target "app" {
  cache-from = ["type=registry,ref=ghcr.io/acme/cache:app"]
  cache-to = ["type=registry,ref=ghcr.io/acme/cache:app,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true"]
}
target "web" {
  cache-from = ["type=registry,ref=ghcr.io/acme/cache:web"]
  cache-to = ["type=registry,ref=ghcr.io/acme/cache:web,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true"]
}
