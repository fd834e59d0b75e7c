# $ set app.args.NEW=x
target "app" {
  args = {
    VERSION = "1"
    A       = "2" # why
  }
  tags = ["acme/app"]
}
# --- after
target "app" {
  args = {
    VERSION = "1"
    A       = "2" # why
    NEW     = "x"
  }
  tags = ["acme/app"]
}
