target "default" {
  args = { a = <<END-OF-FILE
x
END-OF-FILE
  }
}
