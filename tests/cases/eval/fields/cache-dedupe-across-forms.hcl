target "default" {
  cache-from = ["x", "type=registry,ref=x", { ref = "x", type = "registry" }, "y"]
}
