# $ print ci
# $ print lint --set lint.args.LINTERS=revive
# $ print --call=check lint
group "ci" {
  targets = ["lint", "unit", "docs"]
}

target "_check" {
  output   = ["type=cacheonly"]
  no-cache = false
}

target "lint" {
  inherits = ["_check"]
  target   = "lint"
  args     = { LINTERS = "all" }
}

target "unit" {
  inherits        = ["_check"]
  target          = "test"
  no-cache-filter = ["test"]
  network         = "none"
  output          = ["type=local,dest=./coverage"]
}

target "docs" {
  dockerfile-inline = <<-EOT
    FROM python:3-alpine AS build
    RUN pip install mkdocs
    WORKDIR /src
    RUN --mount=type=bind,target=. mkdocs build -d /out
    FROM scratch
    COPY --from=build /out /
  EOT
  output = ["type=local,dest=./site"]
}
