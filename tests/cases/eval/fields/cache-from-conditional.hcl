# $ print
# $ CI=true print
variable "CI" {
  default = false
}

target "default" {
  cache-from = CI ? ["type=gha"] : []
  cache-to   = CI ? ["type=gha,mode=max"] : []
}
