o = { a = ["x"] }

target "default" {
  tags = [o . a [ 0 ], o
    .a[0]]
}
