target "default" {
  args = {
    prefix  = substr(bcrypt("secret", 4), 0, 7)
    low     = substr(bcrypt("secret", 1), 0, 7)
    length  = strlen(bcrypt("x", 4))
    differs = bcrypt("x", 4) != bcrypt("x", 4)
  }
}
