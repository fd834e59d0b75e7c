target "default" {
  cache-from = [
    "acme/app:cache",
    "type=registry,ref=acme/app:buildcache",
    "type=gha,scope=main",
    "type=local,src=/tmp/cache",
    "type=s3,region=eu-west-1,bucket=b,name=app",
    "type=azblob,name=app,account_url=https://x.example",
    "",
  ]
}
