a=1+2*-3
b=  !true||false&&( 1==2 )
c = x ?y:z
d={for k,v in{a=1}:k=>v... if v!=1}
dd=[for k,v in[ 1 ]:v if v!=1]
e={for   k in [ 1,2 ]:k=>k}
f=foo( 1,2 , bar (3) ... )
g=a . b [ 0 ] . c[ * ] . d
h=- 1
i=(- x)
j="${ a }-${upper( "x" )}%{ if a }b%{else}c%{endif}"
k=[-1,- 2]
l=a-b - -c
n=a%b
o=1/2
p=x>=1&&y<=2
# --- after
a  = 1 + 2 * -3
b  = !true || false && (1 == 2)
c  = x ? y : z
d  = { for k, v in { a = 1 } : k => v... if v != 1 }
dd = [for k, v in [1] : v if v != 1]
e  = { for k in [1, 2] : k => k }
f  = foo(1, 2, bar(3)...)
g  = a.b[0].c[*].d
h  = -1
i  = (-x)
j  = "${a}-${upper("x")}%{if a}b%{else}c%{endif}"
k  = [-1, -2]
l  = a-b - -c
n  = a % b
o  = 1 / 2
p  = x >= 1 && y <= 2
