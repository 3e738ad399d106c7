"""The ledger: postings, a pure function of events, and the save file."""
