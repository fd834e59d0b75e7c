target "default" {
  tags = [
    "a"]
  args = { A = (
    1
  ) }
  platforms = concat(["linux/amd64"],
    ["linux/arm64"])
}
