-- Grouping by parts: what the incidents on hand were computed from, and by which keys claims are found around a change.
-- Both are computed; without them everything is grouped anew.

CREATE TABLE grouped (            -- the versions of documents that the incidents rest on
  document INTEGER PRIMARY KEY REFERENCES document(number),
  origin TEXT NOT NULL            -- id of the document that stood for its root text
);

CREATE TABLE reach (              -- claims of two documents are compared only when these share a key
  key INTEGER NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (key, document)
) WITHOUT ROWID;
