-- Lines say how claims stand after review: their state, what people changed, the claims that people wrote, and what
-- orders the inbox. Kept in step with readings, the ledger and the incidents; can be thrown away and made again
-- (store/sqlite_lines.py fills them in). Replaced versions of documents have none.

DROP TRIGGER claim_line_made;
DROP VIEW claim_line_source;
DROP TABLE claim_line;

CREATE TABLE claim_line (
  document INTEGER NOT NULL REFERENCES document(number) ON DELETE CASCADE,
  start INTEGER NOT NULL,         -- of the trigger, as read
  id TEXT NOT NULL,
  position INTEGER,               -- of the claim as read; null: a person wrote it
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
  status TEXT NOT NULL,           -- proposed, accepted, rejected, unsure
  edits TEXT,                     -- the fields that people changed, as the contract's JSON
  conflict INTEGER NOT NULL,      -- 1: somebody decided otherwise without having seen it
  doubt REAL NOT NULL,            -- one minus the confidence of the reading
  consequence REAL NOT NULL,      -- grows with the people that it speaks of
  contested INTEGER NOT NULL,     -- 1: its incident is
  PRIMARY KEY (document, start, id)
);
CREATE INDEX claim_line_id ON claim_line(id);
CREATE INDEX claim_line_waiting         -- the inbox, heaviest last
  ON claim_line(doubt * (consequence * CASE WHEN contested THEN 1.5 ELSE 1.0 END) + 100.0 * conflict)
  WHERE position IS NOT NULL AND (status IN ('proposed', 'unsure') OR conflict = 1);
CREATE INDEX claim_line_written ON claim_line(document) WHERE position IS NULL;

CREATE TRIGGER claim_grouped AFTER INSERT ON incident_claim BEGIN
  UPDATE claim_line SET contested = (SELECT status = 'contested' FROM incident WHERE id = NEW.incident)
    WHERE id = NEW.claim;
END;
CREATE TRIGGER claim_ungrouped AFTER DELETE ON incident_claim BEGIN
  UPDATE claim_line SET contested = 0 WHERE id = OLD.claim AND contested = 1;
END;
