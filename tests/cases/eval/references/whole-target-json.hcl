target "t" {
  context = "c"
  args    = { A = 1, B = null }
}

target "default" {
  args = { all = jsonencode(target.t) }
}
