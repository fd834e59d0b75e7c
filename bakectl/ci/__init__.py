"""Jobs of CI from a plan: rows of a matrix, workflows, and images joined from what the jobs pushed."""
