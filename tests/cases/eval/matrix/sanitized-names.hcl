target "default" {
  name   = sanitize(image)
  matrix = { image = ["alpine:3.20", "debian:12-slim"] }
  args   = { BASE = image }
}
