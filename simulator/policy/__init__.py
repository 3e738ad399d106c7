"""What the lender may decide, as validated data; `record` alone is read by the rules."""
