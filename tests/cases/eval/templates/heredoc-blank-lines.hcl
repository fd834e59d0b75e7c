target "default" {
  args = {
    none = <<A
A
    one  = <<A

A
    space = <<A
  
A
  }
}
