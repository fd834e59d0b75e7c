# $ remove app.tags=b
target "app" {
  tags = [
    # about a
    "a",
    # about b
    # and more
    "b",

    # about c
    "c",
  ]
}
# --- after
target "app" {
  tags = [
    # about a
    "a",

    # about c
    "c",
  ]
}
