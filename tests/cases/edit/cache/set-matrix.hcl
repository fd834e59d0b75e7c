# $ cache set registry=acme/cache:{target} app
target "app" {
  name = "app-${replace(arch, "/", "-")}"
  matrix = {
    arch = ["linux/amd64", "linux/arm64"]
  }
  platforms = [arch]
}
# --- after
target "app" {
  name = "app-${replace(arch, "/", "-")}"
  matrix = {
    arch = ["linux/amd64", "linux/arm64"]
  }
  platforms = [arch]
  cache-from = ["type=registry,ref=acme/cache:app-${replace(arch, "/", "-")}"]
  cache-to = ["type=registry,ref=acme/cache:app-${replace(arch, "/", "-")},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true"]
}
