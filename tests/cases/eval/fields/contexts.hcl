target "default" {
  contexts = {
    alpine = "docker-image://alpine:3"
    src    = "./q/../r/"
    repo   = "https://github.com/acme/app.git"
    layout = "oci-layout:///tmp/x"
    empty  = ""
  }
}
