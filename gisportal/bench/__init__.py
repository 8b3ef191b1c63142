"""The benchmark: what the portal costs over the bare SQL, or the bare Django view, that does the same."""
