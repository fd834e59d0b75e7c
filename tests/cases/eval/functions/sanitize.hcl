target "default" {
  args = { a = sanitize("alpine:3.20"), b = sanitize("a b/c_d-e"), c = sanitize("é😀"), d = sanitize("") }
}
