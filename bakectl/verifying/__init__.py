"""Built images held against their plan and their contract, without running anything."""
