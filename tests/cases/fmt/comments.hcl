      # head
a=1# one
bb=2    /* two */
ccc=3 // three

/* many
   lines */
d=4
target "x"{ # opens
     # inside
  e=5
       # at the end
}  // closes
f = /* why */ 6
# --- after
# head
a   = 1 # one
bb  = 2 /* two */
ccc = 3 // three

/* many
   lines */
d = 4
target "x" { # opens
  # inside
  e = 5
  # at the end
} // closes
f = /* why */ 6
