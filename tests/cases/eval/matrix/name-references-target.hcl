target "z" {
  context = "c"
}

target "default" {
  name   = "t-${target.z.context}"
  matrix = { v = ["x"] }
}
