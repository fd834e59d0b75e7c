variable "SCOPE" {
  default = "main"
}

target "default" {
  cache-from = [
    { type = "gha", scope = SCOPE },
    { type = "registry", ref = "acme/app:${SCOPE}" },
    { ref = "x", type = "registry", timeout = 30 },
  ]
}
