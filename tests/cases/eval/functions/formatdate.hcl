variable "T" {
  default = "2024-03-07T05:06:09Z"
}

target "default" {
  args = {
    date    = formatdate("YYYY-MM-DD", T)
    time    = formatdate("hh:mm:ss", T)
    short   = formatdate("YY M D h m s", T)
    names   = formatdate("EEE EEEE MMM MMMM", T)
    half    = formatdate("H:mm aa HH AA", T)
    noon    = formatdate("H AA", "2024-03-07T12:00:00Z")
    night   = formatdate("H aa", "2024-03-07T00:30:00Z")
    utc     = formatdate("Z ZZZ ZZZZ ZZZZZ", T)
    zone    = formatdate("Z ZZZ ZZZZ ZZZZZ", "2024-03-07T05:06:09+05:30")
    literal = formatdate("'at' h 'o''clock'", T)
    tag     = formatdate("YYYYMMDDhhmmss", T)
  }
}
