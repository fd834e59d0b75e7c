target "default" {
  secret = [
    "id=token,env=TOKEN",
    "type=env,id=other",
    "id=moved,type=env,src=VARIABLE",
    "id=file,src=token.txt",
    "ID=upper,SOURCE=token.txt",
    "type=file,id=typed,src=token.txt",
    "",
  ]
}
