target "default" {
  args = { a = <<A
outer ${<<B
inner
B
} end
A
  }
}
