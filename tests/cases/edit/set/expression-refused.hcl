# $ set app.args.COMMIT='substr(SHA, 0' --expr
target "app" {
}
# --- says
error: "substr(SHA, 0" is not an HCL expression: this parenthesis is never closed [bad-expression]
help: add the missing ")"
