# $ print --call=outline
# $ print --call=build
# $ print --call=check
# $ print --check
# $ print --call=targets,format=json
# $ print --call=
target "default" {
  call = "anything"
}
