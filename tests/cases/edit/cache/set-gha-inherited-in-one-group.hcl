# $ cache set gha binary
group "default" {
  targets = ["binary", "dynbinary"]
}
target "binary" {
  tags = ["acme/binary"]
}
target "dynbinary" {
  inherits = ["binary"]
}
# --- says
error: binary and dynbinary would write one cache: gha app-binary [cache-collision]
help: name them all: binary dynbinary
