# $ set app.cache-to.mode=max app.cache-to.scope=app
variable "SCOPE" {
  default = "x,y"
}
target "app" {
  cache-to = ["type=gha,scope=${replace(SCOPE, ",", "-")},mode=min"]
}
# --- after
variable "SCOPE" {
  default = "x,y"
}
target "app" {
  cache-to = ["type=gha,scope=app,mode=max"]
}
