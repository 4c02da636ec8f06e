-- A case: documents with what was read out of them, the ledger of judgements, and what is computed from both.

CREATE TABLE state (              -- single values: counters that tell whether grouping is up to date, where we come from
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE run (                -- one use of a command that writes
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  command TEXT NOT NULL,
  program TEXT NOT NULL,
  started TEXT NOT NULL,
  finished TEXT,
  added INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE document (           -- one row for each version of a document; text is kept once and never changed
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  version INTEGER NOT NULL,
  replaces INTEGER REFERENCES document(number),
  superseded INTEGER NOT NULL DEFAULT 0 CHECK (superseded IN (0, 1)),
  title TEXT,
  publisher TEXT,
  published TEXT,
  language TEXT,
  access TEXT NOT NULL,
  relevant INTEGER NOT NULL CHECK (relevant IN (0, 1)),
  words INTEGER NOT NULL,
  text TEXT NOT NULL,
  raw BLOB,                       -- the exact text where it is no valid Unicode, else null
  meta TEXT NOT NULL,             -- the contract's document object
  layers TEXT NOT NULL,           -- paragraphs and segments
  fingerprint BLOB,               -- for near-duplicates; null: compare by sha256 alone
  run INTEGER REFERENCES run(id),
  added TEXT NOT NULL,
  UNIQUE (id, sha256)
);
CREATE INDEX document_current ON document(superseded, id);
CREATE INDEX document_published ON document(published);

CREATE VIRTUAL TABLE document_text USING fts5(
  title, text, content='document', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
);

CREATE TABLE claim (
  document INTEGER NOT NULL REFERENCES document(number) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  event_type TEXT NOT NULL,
  violent INTEGER NOT NULL,
  claimant TEXT,
  claimant_kind TEXT NOT NULL,
  stance TEXT NOT NULL,
  modality TEXT NOT NULL,
  earliest TEXT,
  latest TEXT,
  country TEXT,
  place TEXT,
  trigger TEXT NOT NULL,
  start INTEGER NOT NULL,         -- of the trigger
  confidence REAL NOT NULL,
  body TEXT NOT NULL,             -- the contract's claim object
  PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE INDEX claim_id ON claim(id);
CREATE INDEX claim_when ON claim(earliest);
CREATE INDEX claim_type ON claim(event_type);

CREATE TABLE claim_actor (        -- who stands in which slot of a claim
  document INTEGER NOT NULL REFERENCES document(number) ON DELETE CASCADE,
  claim TEXT NOT NULL,
  slot TEXT NOT NULL,             -- initiator, target, victim, claimant, teller
  actor TEXT,
  name TEXT NOT NULL
);
CREATE INDEX claim_actor_actor ON claim_actor(actor);
CREATE INDEX claim_actor_document ON claim_actor(document);

CREATE TABLE relation (
  document INTEGER NOT NULL REFERENCES document(number) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  source TEXT,
  target TEXT,
  body TEXT NOT NULL,
  PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE INDEX relation_source ON relation(source);
CREATE INDEX relation_target ON relation(target);

CREATE TABLE mention (
  document INTEGER NOT NULL REFERENCES document(number) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,             -- actor, place, time, quantity, attribution
  target TEXT,                    -- actor or place id where known
  start INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE INDEX mention_target ON mention(target);

CREATE TABLE rejected (           -- inputs and stretches of text that gave no result, with the reason
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  document INTEGER REFERENCES document(number) ON DELETE CASCADE,
  place TEXT NOT NULL,
  reason TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  quote TEXT NOT NULL,
  fatal INTEGER NOT NULL,
  run INTEGER REFERENCES run(id)
);

CREATE INDEX rejected_place ON rejected(place, reason);
CREATE INDEX rejected_document ON rejected(document);

-- The ledger: what people decided, and the incident ids that were ever given out. Rows are added, never changed.

CREATE TABLE judgement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('same_incident', 'claim', 'undo')),
  verdict TEXT CHECK (verdict IN ('positive', 'negative', 'unsure')),
  left_claim TEXT, left_document TEXT, left_start INTEGER, left_trigger TEXT,
  right_claim TEXT, right_document TEXT, right_start INTEGER, right_trigger TEXT,
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  why TEXT NOT NULL DEFAULT '',
  before TEXT,
  after TEXT,
  undoes INTEGER REFERENCES judgement(id),
  CHECK ((kind = 'undo') = (undoes IS NOT NULL)),
  CHECK ((kind = 'undo') = (verdict IS NULL))
);
CREATE INDEX judgement_undoes ON judgement(undoes);

CREATE TABLE minted (             -- an incident id, and the founding claim that it belongs to for ever
  id TEXT PRIMARY KEY,
  claim TEXT NOT NULL,
  document TEXT NOT NULL,
  start INTEGER NOT NULL,
  trigger TEXT NOT NULL,
  at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER judgement_no_update BEFORE UPDATE ON judgement BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TRIGGER judgement_no_delete BEFORE DELETE ON judgement BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TRIGGER minted_no_update BEFORE UPDATE ON minted BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
CREATE TRIGGER minted_no_delete BEFORE DELETE ON minted BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;

-- Computed from claims and ledger; can be thrown away and made again.

CREATE TABLE incident (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  earliest TEXT,
  latest TEXT,
  country TEXT,
  status TEXT NOT NULL,
  origins INTEGER NOT NULL,
  body TEXT NOT NULL              -- the contract's incident object
) WITHOUT ROWID;
CREATE INDEX incident_when ON incident(earliest);

CREATE TABLE incident_claim (
  incident TEXT NOT NULL REFERENCES incident(id) ON DELETE CASCADE,
  claim TEXT NOT NULL,
  PRIMARY KEY (incident, claim)
) WITHOUT ROWID;
CREATE INDEX incident_claim_claim ON incident_claim(claim);
