# $ print --set t.context=changed t default
target "t" {
  context = "c"
}

target "default" {
  args = { a = target.t.context }
}
