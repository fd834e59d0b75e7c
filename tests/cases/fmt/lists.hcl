a=[
"x",# one
    "longer", # two
"y"// three
      ,
  ]
b=[{
x=1
},{
y=2
}]
c=concat([
"a",
],[
"b"
])
d=[[
1,
],
]
# --- after
a = [
  "x",      # one
  "longer", # two
  "y"       // three
  ,
]
b = [{
  x = 1
  }, {
  y = 2
}]
c = concat([
  "a",
  ], [
  "b"
])
d = [[
  1,
  ],
]
