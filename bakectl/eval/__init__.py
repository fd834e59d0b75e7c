"""Expressions to values, as HCL and cty do it."""
