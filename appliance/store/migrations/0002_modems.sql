-- What modems and networks tell beyond the caller's number: the number that was called, how it rang, who passed the call
-- on, Caller ID that arrived damaged; and entries that speak of the first two.

ALTER TABLE call RENAME COLUMN ddn TO dialled;
ALTER TABLE call ADD COLUMN dialable TEXT;
ALTER TABLE call ADD COLUMN forwarded_by TEXT;
ALTER TABLE call ADD COLUMN call_type TEXT;
ALTER TABLE call ADD COLUMN long_distance INTEGER NOT NULL DEFAULT 0;
ALTER TABLE call ADD COLUMN name_absence TEXT;
ALTER TABLE call ADD COLUMN ring_pattern TEXT;
-- Why it cannot be believed; what could be read of it all the same stands beside it, and never in the columns above.
ALTER TABLE call ADD COLUMN damaged TEXT;
ALTER TABLE call ADD COLUMN readable_number TEXT;
ALTER TABLE call ADD COLUMN readable_name TEXT;

ALTER TABLE status ADD COLUMN message_waiting INTEGER NOT NULL DEFAULT 0;
ALTER TABLE status ADD COLUMN profile TEXT NOT NULL DEFAULT '';
ALTER TABLE status ADD COLUMN firmware TEXT NOT NULL DEFAULT '';
ALTER TABLE status ADD COLUMN country_code TEXT NOT NULL DEFAULT '';
ALTER TABLE status ADD COLUMN concerns TEXT NOT NULL DEFAULT '[]';
ALTER TABLE status ADD COLUMN voice INTEGER;
ALTER TABLE status ADD COLUMN rings_without_caller_id INTEGER NOT NULL DEFAULT 0;

-- A rule of a column can only be changed by building the table anew. The rows keep their ids, so the search index, which
-- knows them by id, is right as it is; indexes and triggers go with the old table and are made again below.
CREATE TABLE entry_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    list TEXT NOT NULL CHECK (list IN ('permit', 'block')),
    kind TEXT NOT NULL CHECK (kind IN ('exact', 'prefix', 'pattern', 'name', 'dialled', 'ring')),
    value TEXT NOT NULL CHECK (value <> ''),
    label TEXT NOT NULL,
    note TEXT NOT NULL,
    source TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER
) STRICT;

INSERT INTO entry_anew SELECT * FROM entry ORDER BY id;

-- Ids are never used again, not even those of rows that have gone.
DELETE FROM sqlite_sequence WHERE name = 'entry_anew';
INSERT INTO sqlite_sequence (name, seq) SELECT 'entry_anew', seq FROM sqlite_sequence WHERE name = 'entry';

DROP TABLE entry;
ALTER TABLE entry_anew RENAME TO entry;

CREATE UNIQUE INDEX entry_by_value ON entry (kind, value, list);
CREATE INDEX entry_by_list ON entry (list);
CREATE INDEX entry_by_expiry ON entry (expires_at) WHERE expires_at IS NOT NULL;

CREATE TRIGGER entry_added AFTER INSERT ON entry BEGIN
    INSERT INTO entry_search (rowid, value, label, note) VALUES (new.id, new.value, new.label, new.note);
    UPDATE tally SET amount = amount + 1 WHERE name = new.list;
END;

CREATE TRIGGER entry_removed AFTER DELETE ON entry BEGIN
    INSERT INTO entry_search (entry_search, rowid, value, label, note)
        VALUES ('delete', old.id, old.value, old.label, old.note);
    UPDATE tally SET amount = amount - 1 WHERE name = old.list;
END;

CREATE TRIGGER entry_updated AFTER UPDATE OF value, label, note ON entry BEGIN
    INSERT INTO entry_search (entry_search, rowid, value, label, note)
        VALUES ('delete', old.id, old.value, old.label, old.note);
    INSERT INTO entry_search (rowid, value, label, note) VALUES (new.id, new.value, new.label, new.note);
END;
