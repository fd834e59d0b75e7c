target "default" {
  args = {
    a = 1 + /* plus */ 2
    b = upper(/* nothing */ "x" # to the end
    )
  }
}
