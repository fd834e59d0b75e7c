# Größe in 漢字 😀
variable "größe" {
  default = "漢字 😀"
}

target "default" {
  labels = { "größe" = größe, emoji = "👨‍👩‍👧 ${größe}" }
}
