target "default" {
  args = {
    object  = jsondecode("{\"a\": [1, 2.50, null]}").a[1]
    text    = jsondecode("\"x\"")
    number  = jsondecode("12345678901234567890.5")
    bool    = jsondecode(" true ")
    again   = jsonencode(jsondecode("{\"b\":1,\"a\":{\"c\":[]}}"))
    unicode = jsondecode("\"\\u00e9\\ud83d\\ude00\"")
  }
}
