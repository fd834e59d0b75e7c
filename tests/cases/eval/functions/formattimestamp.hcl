# differs: buildx 0.33 and later have formattimestamp
target "default" {
  args = {
    text    = formattimestamp("YYYY-MM-DD", "2024-03-07T05:06:09Z")
    seconds = formattimestamp("YYYY-MM-DD'T'hh:mm:ssZ", 1709787969)
    unix    = formattimestamp("X", "2024-03-07T05:06:09Z")
  }
}
