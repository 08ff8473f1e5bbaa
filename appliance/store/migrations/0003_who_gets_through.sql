-- Contacts, entries that count at some hours only or in every profile, what the household's policy wanted of a call, and
-- what the review of past calls asks for.

ALTER TABLE call ADD COLUMN profile TEXT;
-- What the policy wanted done; `treatment` stays what was done, which differs while Quietline cannot do everything.
ALTER TABLE call ADD COLUMN wanted TEXT;
-- Whether a handset was lifted while it rang, as far as is known.
ALTER TABLE call ADD COLUMN handset INTEGER NOT NULL DEFAULT 0;

-- Serves "the calls of the last days"; newest first stays by id.
CREATE INDEX call_by_time ON call (started_at);
-- Serves "when did this number last call" as well as the search for one number.
DROP INDEX call_by_number;
CREATE INDEX call_by_number ON call (number, started_at) WHERE number IS NOT NULL;
-- Serves the review alone, all of it from the index: who was turned away how often, and which entry never spoke.
CREATE INDEX call_turned_away ON call (started_at, number)
    WHERE number IS NOT NULL AND treatment IN ('drop', 'disconnected', 'announce', 'answer_bot');
CREATE INDEX call_by_entry ON call (entry_id, started_at) WHERE entry_id IS NOT NULL;

-- One table of choices became one for each profile.
UPDATE setting SET name = 'treatment.day.' || substr(name, 11) WHERE substr(name, 1, 10) = 'treatment.';

INSERT INTO tally (name, amount) VALUES ('contact', 0);

-- A rule of a column can only be changed by building the table anew; the rows keep their ids (see 0002).
CREATE TABLE entry_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    list TEXT NOT NULL CHECK (list IN ('permit', 'block', 'contact')),
    kind TEXT NOT NULL CHECK (kind IN ('exact', 'prefix', 'pattern', 'name', 'dialled', 'ring')),
    value TEXT NOT NULL CHECK (value <> ''),
    label TEXT NOT NULL,
    note TEXT NOT NULL,
    source TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    hours TEXT NOT NULL DEFAULT '',
    vip INTEGER NOT NULL DEFAULT 0,
    -- Nothing automatic is for ever. (";" follows ":", and a comparison costs a million rows less than a function does.)
    CHECK (expires_at IS NOT NULL OR source < 'auto:' OR source >= 'auto;')
) STRICT;

-- 90 days, in milliseconds: nothing wrote an automatic entry before, but a row that did must not stop the upgrade.
INSERT INTO entry_anew (id, list, kind, value, label, note, source, created_at, expires_at)
    SELECT id, list, kind, value, label, note, source, created_at,
        iif(expires_at IS NULL AND substr(source, 1, 5) = 'auto:', created_at + 7776000000, expires_at)
    FROM entry ORDER BY id;

DELETE FROM sqlite_sequence WHERE name = 'entry_anew';
INSERT INTO sqlite_sequence (name, seq) SELECT 'entry_anew', seq FROM sqlite_sequence WHERE name = 'entry';

DROP TABLE entry;
ALTER TABLE entry_anew RENAME TO entry;

CREATE UNIQUE INDEX entry_by_value ON entry (kind, value, list);
CREATE INDEX entry_by_list ON entry (list);
CREATE INDEX entry_by_expiry ON entry (expires_at) WHERE expires_at IS NOT NULL;
-- Serves "whose number is this close to": whole ranges may stand on the block list, and none of it is read through.
CREATE INDEX entry_wanted ON entry (value) WHERE kind = 'exact' AND list <> 'block';

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
