target "default" {
  args = {
    ascii      = strlen("hello")
    empty      = strlen("")
    accent     = strlen("é")
    decomposed = strlen("é")
    emoji      = strlen("👨‍👩‍👧")
    flag       = strlen("🇩🇪🇫🇷")
    newline    = strlen("\r\n")
    number     = strlen(12345)
  }
}
