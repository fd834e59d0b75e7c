# $ cache set registry=x/{tag} app
target "app" {
}
# --- says
error: there is no placeholder "{tag}" [bad-cache]
help: there are {project}, {target}, {platform}, {branch}
