# $ print a b c d e
target "a" {
  cache-to = ["type=inline"]
}

target "b" {
  cache-to = ["type=registry,ref=acme/app:cache,mode=max,compression=zstd,oci-mediatypes=true"]
}

target "c" {
  cache-to = [{ type = "gha", mode = "max", scope = "main", ignore-error = true }]
}

target "d" {
  cache-to = ["acme/app:cache"]
}

target "e" {
  cache-to = ["type=local,dest=out,mode=min", { type = "inline" }]
}
