target default {
  tags = ["bare"]
}

variable TAG {
}
