a=1# --- after
a = 1
