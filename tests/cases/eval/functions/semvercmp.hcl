# differs: buildx 0.31 and later have semvercmp
target "default" {
  args = {
    above  = semvercmp("1.2.3", ">= 1.2")
    below  = semvercmp("1.2.3", "< 1.2")
    range  = semvercmp("1.5.0", ">= 1.2, < 2")
    tilde  = semvercmp("1.2.9", "~1.2.3")
    caret  = semvercmp("2.0.0", "^1.2")
    either = semvercmp("3.1.0", "^1 || ^3")
  }
}
