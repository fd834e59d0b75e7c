# $ print 'a\*' 
target "a" {}
