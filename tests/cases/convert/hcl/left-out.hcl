target = "ignored by buildx"

other "thing" {
  a = nothing
}

target "default" {
  nested {
    b = 1
  }
}
