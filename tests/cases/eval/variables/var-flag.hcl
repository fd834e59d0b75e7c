# $ TAG=env print --var TAG=1 --var TAG=2 --var 'LIST=a,"b,c"'
# differs: buildx 0.31 and later have --var
variable "TAG" {
  default = "file"
}

variable "LIST" {
  type    = list(string)
  default = []
}

target "default" {
  tags = concat([TAG], LIST)
}
