# $ cache set s3=builds app --option region=eu-central-1
target "app" {
}
# --- after
target "app" {
  cache-from = ["type=s3,bucket=builds,region=eu-central-1,name=app-app"]
  cache-to = ["type=s3,bucket=builds,name=app-app,mode=max,ignore-error=true,region=eu-central-1"]
}
