# $ print --set default.secret.token=env=OTHER
# differs: buildx 0.36 and later override one secret
target "default" {
  secret = ["id=token,env=TOKEN", "id=b,env=B"]
}
