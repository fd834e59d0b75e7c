# $ unset app.args.B
target "app" {
  args = { A = "1", B = "2", C = "3" }
}
# --- after
target "app" {
  args = { A = "1", C = "3" }
}
