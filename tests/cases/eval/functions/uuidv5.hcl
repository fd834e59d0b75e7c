target "default" {
  args = {
    dns  = uuidv5("dns", "example.com")
    url  = uuidv5("url", "https://example.com/")
    oid  = uuidv5("oid", "1.2.3")
    x500 = uuidv5("x500", "CN=x")
    own  = uuidv5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "example.com")
  }
}
