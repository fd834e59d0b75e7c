target "z" {
  context = "c"
}

target "default" {
  name    = "t-${v}"
  matrix  = { v = ["x", "y"] }
  context = "${target.z.context}/${v}"
}
