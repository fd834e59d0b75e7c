target "default" {
  args = { md5 = md5("a"), sha1 = sha1("a"), sha256 = sha256("é"), sha512 = sha512("") }
}
