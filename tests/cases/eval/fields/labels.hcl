target "default" {
  labels = {
    "org.opencontainers.image.title"  = "app"
    "org.opencontainers.image.vendor" = null
    "com.example.empty"               = ""
  }
}
