a = "日本" # x
bb = "é" # y
c = "👨‍👩‍👧" # z
# --- after
a  = "日本" # x
bb = "é"  # y
c  = "👨‍👩‍👧"  # z
