# $ print --set 'default.args.A=$${x} ${y} %%{z} %{w}' --set 'default.tags=${x}'
target "default" {}
