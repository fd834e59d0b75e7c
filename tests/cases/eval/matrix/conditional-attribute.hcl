target "default" {
  name       = "app-${mode}"
  matrix     = { mode = ["debug", "release"] }
  target     = mode == "debug" ? "dev" : null
  dockerfile = mode == "release" ? "Dockerfile.release" : null
  no-cache   = mode == "release"
}
