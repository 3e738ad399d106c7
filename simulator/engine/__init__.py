"""The engine: runs time over one row or many."""
