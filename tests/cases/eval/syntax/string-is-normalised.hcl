target "default" {
  args = {
    length      = strlen("é")
    same        = "é" == "é"
    escaped     = "e\u0301" == "\u00e9"
    "é" = "key"
    runes       = length(split("", "e\u0301"))
    joined      = length(split("", join("", ["e", "\u0301"])))
  }
}
