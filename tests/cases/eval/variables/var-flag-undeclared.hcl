# $ print --var OTHER=1
# differs: buildx 0.31 and later have --var
target "default" {}
