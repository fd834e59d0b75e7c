target "app" {
  args = { seen = target.app.context == null }
}
