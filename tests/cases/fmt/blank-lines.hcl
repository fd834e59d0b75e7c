a=1 	 
	

  
b=2
# --- after
a = 1



b = 2
