# $ set 'app.args.GREETING=hello ${name}'
target "app" {
  args = {
    GREETING = "hello"
  }
}
# --- after
target "app" {
  args = {
    GREETING = "hello $${name}"
  }
}
# --- says
info: "hello ${name}" is written as plain text, not as a template [plain-text]
help: for a template write an expression: --expr 'app.args.GREETING="hello ${name}"'
