# $ remove app.tags=a
target "base" {
  tags = ["a"]
}
target "app" {
  inherits = ["base"]
}
# --- says
info: "a" is not in app.tags, and nothing is removed [not-set]
help: it is inherited from "base": change base.tags
