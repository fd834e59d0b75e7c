target "t" {
  context = "c"
  tags    = ["x"]
}

target "default" {
  args = { context = target.t["context"], first = element(target.t.tags, 0) }
}
