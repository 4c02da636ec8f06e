"""reportedly: news about war, kept as claims."""
