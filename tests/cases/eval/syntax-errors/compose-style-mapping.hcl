target "default":
  tags: ["a"]
