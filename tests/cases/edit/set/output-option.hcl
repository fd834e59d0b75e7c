# $ set app.output.push=true
target "app" {
  output = ["type=image,push=false"]
}
# --- after
target "app" {
  output = ["type=image,push=true"]
}
