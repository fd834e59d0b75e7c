"""What a bake file means: its variables, targets and groups, and the plan that they make."""
