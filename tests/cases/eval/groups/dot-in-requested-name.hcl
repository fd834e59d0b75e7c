# $ print app.web
target "app_web" {}
