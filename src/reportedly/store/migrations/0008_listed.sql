-- Documents in the order in which lists show them: the first published first, then by title; those of no day last.

CREATE INDEX document_listed ON document(superseded, coalesce(published, '9999'), coalesce(title, ''), id);
