# $ print --set default.labels.a=2 --set 'default.labels.com.example.name=x' --set default.labels.empty=
target "default" {
  labels = { a = 1 }
}
