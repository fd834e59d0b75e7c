target "z" {
  context = "c"
}

target "default" {
  args = { a = target["z"].context }
}
