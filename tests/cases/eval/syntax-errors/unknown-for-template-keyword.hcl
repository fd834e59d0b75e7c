target "default" {
  args = { a = "%{ for x of [1] }x%{ endfor }" }
}
