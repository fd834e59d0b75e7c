# $ set 'web-*.args.NODE=22'
target "api" {
}
target "web-admin" {
  args = { NODE = "20" }
}
target "web-shop" {
  dockerfile = "Dockerfile.shop"
}
# --- after
target "api" {
}
target "web-admin" {
  args = { NODE = "22" }
}
target "web-shop" {
  dockerfile = "Dockerfile.shop"
  args = {
    NODE = "22"
  }
}
