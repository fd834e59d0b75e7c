target "default" {
  args = { a = "%{ for x in null }x%{ endfor }" }
}
