# $ print --set default.context=docker-image://x
# $ print --set default.context=cwd://sub/../x
# $ print --set default.context=https://example.com/a//b.git#main
target "default" {
  context = "c"
}
