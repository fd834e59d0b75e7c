function "image_tag" {
  params = [a]
  result = a
}

target "default" {
  tags = [image_tga("x")]
}
