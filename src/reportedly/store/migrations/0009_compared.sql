-- What comparing claims came to, as the incidents rest on it: claims that are added are compared with those around them,
-- and no two old ones again. Computed; without it everything is grouped anew, as is a case that was grouped before.

CREATE TABLE compared (
  document INTEGER NOT NULL REFERENCES document(number),
  claim TEXT NOT NULL,
  outline TEXT NOT NULL,          -- what comparing needs of the claim, in the words of the room that compares
  strongest INTEGER NOT NULL,     -- points of the claim of another text that speaks most for the same happening
  torn INTEGER NOT NULL,          -- 1: it fits two happenings equally well
  fits TEXT NOT NULL,             -- the claims that it fits best, with points, as JSON; empty: none
  ties TEXT NOT NULL              -- the claims that it hangs together with, with points
);
CREATE INDEX compared_document ON compared(document);
CREATE INDEX compared_claim ON compared(claim);

DELETE FROM state WHERE key = 'grouping';
