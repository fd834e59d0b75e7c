target "default" {
  args = {
    rows   = jsonencode(csvdecode("name,port\nweb,80\n\"a,b\",\"x\"\"y\"\n"))
    empty  = jsonencode(csvdecode("name,port\n"))
    first  = csvdecode("a,b\n1,2")[0].b
    return = jsonencode(csvdecode("a\r\n1\r\n"))
  }
}
