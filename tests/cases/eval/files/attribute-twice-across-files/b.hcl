TAG = "b"
