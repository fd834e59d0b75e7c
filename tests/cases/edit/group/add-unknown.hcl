# $ group add default wrker
target "worker" {
}
# --- says
error: there is no target or group "wrker" [unknown-target]
help: did you mean "worker"?
