# $ cache set 'registry=${REGISTRY}/cache/{target}' app
variable "REGISTRY" {
  default = "ghcr.io/acme"
}
target "app" {
}
# --- after
variable "REGISTRY" {
  default = "ghcr.io/acme"
}
target "app" {
  cache-from = ["type=registry,ref=${REGISTRY}/cache/app"]
  cache-to = ["type=registry,ref=${REGISTRY}/cache/app,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true"]
}
