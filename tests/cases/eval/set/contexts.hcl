# $ print --set default.contexts.a=docker-image://b --set default.contexts.new=./dir
# $ print --set default.contexts.a=
target "default" {
  contexts = { a = "docker-image://a" }
}
