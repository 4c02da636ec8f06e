-- Claims as lines of a list: what they are looked for by, without their bodies, in the order of documents and texts; and
-- who is in which claims, to be counted. Lines are computed from the body whenever a claim is written.

CREATE TABLE claim_line (
  document INTEGER NOT NULL REFERENCES document(number) ON DELETE CASCADE,
  start INTEGER NOT NULL,         -- of the trigger
  id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  claimant TEXT,
  claimant_kind TEXT NOT NULL,
  stance TEXT NOT NULL,
  modality TEXT NOT NULL,
  earliest TEXT,
  latest TEXT,
  country TEXT,
  place TEXT,
  outcomes TEXT NOT NULL,         -- of its tolls, each between spaces
  PRIMARY KEY (document, start, id)
) WITHOUT ROWID;

CREATE VIEW claim_line_source AS
SELECT
  document, start, id, event_type, claimant, claimant_kind, stance, modality, earliest, latest, country, place,
  ' ' || coalesce((SELECT group_concat(json_extract(toll.value, '$.outcome'), ' ')
    FROM json_each(claim.body, '$.tolls') AS toll), '') || ' ' AS outcomes,
  position
FROM claim;

CREATE TRIGGER claim_line_made AFTER INSERT ON claim BEGIN
  INSERT OR REPLACE INTO claim_line
    SELECT document, start, id, event_type, claimant, claimant_kind, stance, modality, earliest, latest, country, place,
      outcomes
    FROM claim_line_source WHERE document = NEW.document AND position = NEW.position;
END;

INSERT OR REPLACE INTO claim_line
  SELECT document, start, id, event_type, claimant, claimant_kind, stance, modality, earliest, latest, country, place,
    outcomes
  FROM claim_line_source;

-- Actors are counted from this alone.
CREATE INDEX claim_actor_counted ON claim_actor(actor, name, slot, document, claim);
