-- Incidents at a glance: what lists, maps, timelines and filters need of each, so that 100,000 claims do not have to be
-- read to draw a page. Computed from the body whenever an incident is written; lists are joined by U+001F.

CREATE TABLE glance (
  incident TEXT PRIMARY KEY REFERENCES incident(id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  types TEXT NOT NULL,            -- event types
  status TEXT NOT NULL,
  origins INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  claims INTEGER NOT NULL,
  earliest TEXT,
  latest TEXT,
  edtf TEXT,
  when_precision TEXT,
  basis TEXT,
  place TEXT,
  country TEXT,
  lands TEXT,                     -- countries of a border town
  lat REAL,
  lon REAL,
  precision TEXT NOT NULL,
  names TEXT NOT NULL,            -- of the actors, else their words
  ids TEXT NOT NULL,
  killed_low INTEGER,             -- the smallest and largest number killed that anybody gives
  killed_high INTEGER,
  told TEXT NOT NULL              -- the days on which its documents came out
) WITHOUT ROWID;

CREATE VIEW glance_source AS
SELECT
  id AS incident,
  title,
  coalesce((SELECT group_concat(value, char(31)) FROM json_each(body, '$.event_types')), '') AS types,
  status,
  origins,
  json_array_length(body, '$.documents') AS documents,
  json_array_length(body, '$.claims') AS claims,
  earliest,
  latest,
  json_extract(body, '$.when.edtf') AS edtf,
  json_extract(body, '$.when.precision') AS when_precision,
  json_extract(body, '$.when.basis') AS basis,
  coalesce(json_extract(body, '$.place.name'), json_extract(body, '$.place.text')) AS place,
  country,
  (SELECT group_concat(value, char(31)) FROM json_each(body, '$.place.countries')) AS lands,
  json_extract(body, '$.place.lat') AS lat,
  json_extract(body, '$.place.lon') AS lon,
  coalesce(json_extract(body, '$.place.precision'), 'unresolved') AS precision,
  coalesce((SELECT group_concat(coalesce(json_extract(actor.value, '$.name'), json_extract(actor.value, '$.text')), char(31))
    FROM json_each(body, '$.sides') AS side, json_each(side.value) AS actor), '') AS names,
  coalesce((SELECT group_concat(json_extract(actor.value, '$.actor_id'), char(31))
    FROM json_each(body, '$.sides') AS side, json_each(side.value) AS actor), '') AS ids,
  (SELECT min(coalesce(json_extract(figure.value, '$.low'), json_extract(figure.value, '$.high')))
    FROM json_each(body, '$.tolls') AS toll, json_each(toll.value, '$.by') AS figure
    WHERE json_extract(toll.value, '$.outcome') = 'killed') AS killed_low,
  (SELECT max(coalesce(json_extract(figure.value, '$.high'), json_extract(figure.value, '$.low')))
    FROM json_each(body, '$.tolls') AS toll, json_each(toll.value, '$.by') AS figure
    WHERE json_extract(toll.value, '$.outcome') = 'killed') AS killed_high,
  coalesce((SELECT group_concat(day, char(31)) FROM (
    SELECT DISTINCT substr(document.published, 1, 10) AS day FROM json_each(body, '$.documents') AS one
    JOIN document ON document.id = one.value AND document.superseded = 0
    WHERE document.published IS NOT NULL ORDER BY day)), '') AS told
FROM incident;

CREATE TRIGGER incident_glance AFTER INSERT ON incident BEGIN
  INSERT OR REPLACE INTO glance SELECT * FROM glance_source WHERE incident = NEW.id;
END;
CREATE TRIGGER incident_glance_again AFTER UPDATE ON incident BEGIN
  INSERT OR REPLACE INTO glance SELECT * FROM glance_source WHERE incident = NEW.id;
END;

INSERT INTO glance SELECT * FROM glance_source;
