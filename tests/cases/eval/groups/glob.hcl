# $ print 'a*'
# $ print 'a?'
# $ print '[bc]*'
# $ print '*'
# $ print 'z*'
# $ print '['
# $ print 'a[!b]'
# $ print 'a[^b]'
group "ag" {
  targets = ["c"]
}

target "a" {}

target "ab" {}

target "ac" {}

target "b" {}

target "c" {}
