variable "PARTS" {
  default = ["a", "b", "c"]
}

target "default" {
  args = {
    tuple  = join("-", [PARTS, ["d"]]...)
    format = format("%s%s%s", PARTS...)
    max    = max(split(",", "3,10,2")...)
    set    = jsonencode(concat(["x"], [for p in setunion(["q"], ["p"]) : [p]]...))
    empty  = jsonencode(merge([]...))
  }
}
