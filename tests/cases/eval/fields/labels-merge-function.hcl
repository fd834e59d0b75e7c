variable "LABELS" {
  default = {
    "com.example.team"  = "core"
    "com.example.stage" = "dev"
  }
}

target "default" {
  labels = merge(LABELS, { "com.example.stage" = "prod" }, { "com.example.new" = 1 })
}
