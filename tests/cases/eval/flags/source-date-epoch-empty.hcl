# $ SOURCE_DATE_EPOCH= print
target "default" {}
