-- The gist of claims and incidents: what ties between actors are counted from (model/gist.py), so that a network does not
-- have to read every claim; and actors by the claims as they stand after review, those that people wrote included.
-- All of it is computed and can be thrown away and made again (store/sqlite_lines.py fills it in).

ALTER TABLE claim_line ADD COLUMN gist TEXT NOT NULL DEFAULT '';   -- of the claim as it stands, as a list
ALTER TABLE claim_line ADD COLUMN precision TEXT;              -- of its place
ALTER TABLE claim_actor ADD COLUMN role TEXT;                  -- the noun that describes it
DELETE FROM claim_line;
DELETE FROM claim_actor;

CREATE TABLE incident_gist (
  incident TEXT PRIMARY KEY REFERENCES incident(id) ON DELETE CASCADE,
  gist TEXT NOT NULL              -- as a list
) WITHOUT ROWID;
