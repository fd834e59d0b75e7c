target "default" {
  args = {
    encode       = base64encode("hi? é")
    encode-empty = base64encode("")
    decode       = base64decode("aGVsbG8=")
    decode-empty = base64decode("")
  }
}
