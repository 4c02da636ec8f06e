-- Review: edits, claims that a person adds, comments, links and finished documents enter the ledger; entries made in one
-- gesture hang together; a blind second coder's entries and those that met a newer decision take no effect by themselves.

DROP TRIGGER judgement_no_update;
DROP TRIGGER judgement_no_delete;

CREATE TABLE judgement_wider (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('same_incident', 'claim', 'added', 'comment', 'link', 'document', 'undo')),
  verdict TEXT CHECK (verdict IN ('positive', 'negative', 'unsure')),
  left_claim TEXT, left_document TEXT, left_start INTEGER, left_trigger TEXT,
  right_claim TEXT, right_document TEXT, right_start INTEGER, right_trigger TEXT,
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  why TEXT NOT NULL DEFAULT '',
  before TEXT,
  after TEXT,
  undoes INTEGER REFERENCES judgement_wider(id),
  gesture INTEGER NOT NULL DEFAULT 0,   -- id of the first entry made in the same gesture; 0: stands alone
  blind INTEGER NOT NULL DEFAULT 0 CHECK (blind IN (0, 1)),
  conflicts INTEGER REFERENCES judgement_wider(id),   -- the newer entry that whoever decided had not seen
  CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
  CHECK ((kind = 'undo') = (verdict IS NULL))
);
INSERT INTO judgement_wider (id, kind, verdict, left_claim, left_document, left_start, left_trigger, right_claim,
    right_document, right_start, right_trigger, who, at, why, before, after, undoes)
  SELECT id, kind, verdict, left_claim, left_document, left_start, left_trigger, right_claim,
    right_document, right_start, right_trigger, who, at, why, before, after, undoes FROM judgement ORDER BY id;
DROP TABLE judgement;
ALTER TABLE judgement_wider RENAME TO judgement;
CREATE INDEX judgement_undoes ON judgement(undoes);
CREATE INDEX judgement_gesture ON judgement(gesture);
CREATE INDEX judgement_document ON judgement(left_document);

CREATE TRIGGER judgement_no_update BEFORE UPDATE ON judgement BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TRIGGER judgement_no_delete BEFORE DELETE ON judgement BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
