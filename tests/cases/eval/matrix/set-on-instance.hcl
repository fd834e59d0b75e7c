# $ print --set app-a.args.V=changed --set 'app-*.tags=t'
target "default" {
  name   = "app-${v}"
  matrix = { v = ["a", "b"] }
  args   = { V = v }
}
