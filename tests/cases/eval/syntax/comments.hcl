# hash
// slashes
/* block */
target "default" { # after a brace
  tags = [         // after a bracket
    "a",           # after a comma
    /* before */ "b" /* after */,
    # between
  ]
  /* a comment
     over lines */
  args = {
    # own line
    A = 1 # after a value
    B = 2 // after a value
    /* between */ C = 3
  }
}
// at the end without a newline