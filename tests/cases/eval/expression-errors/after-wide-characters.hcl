target "default" {
  args = { "👨‍👩‍👧é漢" = nope }
}
