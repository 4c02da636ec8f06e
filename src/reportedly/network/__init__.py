"""Who stands to whom over time: actors, their ties and dyads, from the claims, incidents and relations of a case."""
