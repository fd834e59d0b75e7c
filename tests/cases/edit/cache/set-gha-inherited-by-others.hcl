# $ cache set gha default
group "default" {
  targets = ["binary"]
}
target "binary" {
  tags = ["acme/binary"]
}
target "dynbinary" {
  inherits = ["binary"]
}
# --- after
group "default" {
  targets = ["binary"]
}
target "binary" {
  tags = ["acme/binary"]
  cache-from = ["type=gha,scope=app-binary"]
  cache-to = ["type=gha,scope=app-binary,mode=max,ignore-error=true"]
}
target "dynbinary" {
  inherits = ["binary"]
}
# --- says
info: the cache of binary is inherited, and written when these are built: dynbinary [inherited-cache]
help: to give them their own: bakectl cache set gha dynbinary
