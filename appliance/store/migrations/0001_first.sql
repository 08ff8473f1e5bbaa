-- The first schema. Times are INTEGER milliseconds UTC. Ids are never used again, so an undone removal comes back as
-- the row it was, and a cursor or a call that names an entry can never mean another one.

CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    list TEXT NOT NULL CHECK (list IN ('permit', 'block')),
    kind TEXT NOT NULL CHECK (kind IN ('exact', 'prefix', 'pattern', 'name')),
    value TEXT NOT NULL CHECK (value <> ''),
    label TEXT NOT NULL,
    note TEXT NOT NULL,
    source TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER
) STRICT;

-- Serves the look-up of a call (kind, value), the patterns (kind alone) and "once per list".
CREATE UNIQUE INDEX entry_by_value ON entry (kind, value, list);
-- Serves a page of one list: the rowid follows in every index.
CREATE INDEX entry_by_list ON entry (list);
CREATE INDEX entry_by_expiry ON entry (expires_at) WHERE expires_at IS NOT NULL;

-- Which rows hold which three characters in a row, and no more (detail, columnsize): a fifth of the size and half the
-- time of a full index. What is found is compared once more by the program.
CREATE VIRTUAL TABLE entry_search USING fts5 (
    value, label, note, content = 'entry', content_rowid = 'id', tokenize = 'trigram', detail = none, columnsize = 0
);
-- An import gathers 16 MB of index in memory before it writes some: a million rows in half the time.
INSERT INTO entry_search (entry_search, rank) VALUES ('hashsize', 16777216);

-- Counting a million rows takes tens of milliseconds; a page must not. 'household' moves with every list or setting.
CREATE TABLE tally (
    name TEXT PRIMARY KEY,
    amount INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO tally (name, amount) VALUES ('permit', 0), ('block', 0), ('call', 0), ('household', 0);

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

-- A change of the lists and the rows it touched, each before and after as JSON, so it can be undone exactly.
CREATE TABLE change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    call_uid TEXT,
    list TEXT NOT NULL,
    what TEXT NOT NULL,
    undoes INTEGER,
    undone_at INTEGER
) STRICT;

CREATE INDEX change_by_call ON change (call_uid) WHERE call_uid IS NOT NULL;

CREATE TABLE change_row (
    change_id INTEGER NOT NULL,
    step INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (change_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Newest first is by id: a Pi has no clock of its own, and a call before the network time came would sort into 1970.
CREATE TABLE call (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    line TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    rings INTEGER NOT NULL,
    shown TEXT NOT NULL,
    number TEXT,
    name TEXT,
    presentation TEXT NOT NULL,
    region TEXT,
    category TEXT,
    verdict TEXT,
    reason TEXT,
    entry_id INTEGER,
    trace TEXT NOT NULL,
    treatment TEXT,
    mode TEXT NOT NULL,
    outcome TEXT,
    reported_date TEXT,
    reported_time TEXT,
    ddn TEXT
) STRICT;

CREATE INDEX call_by_line ON call (line);
CREATE INDEX call_by_number ON call (number) WHERE number IS NOT NULL;
CREATE INDEX call_open ON call (line) WHERE ended_at IS NULL;

CREATE VIRTUAL TABLE call_search USING fts5 (
    shown, number, name, content = 'call', content_rowid = 'id', tokenize = 'trigram', detail = none, columnsize = 0
);
INSERT INTO call_search (call_search, rank) VALUES ('hashsize', 8388608);

CREATE TRIGGER call_added AFTER INSERT ON call BEGIN
    INSERT INTO call_search (rowid, shown, number, name) VALUES (new.id, new.shown, new.number, new.name);
    UPDATE tally SET amount = amount + 1 WHERE name = 'call';
END;

CREATE TRIGGER call_removed AFTER DELETE ON call BEGIN
    INSERT INTO call_search (call_search, rowid, shown, number, name)
        VALUES ('delete', old.id, old.shown, old.number, old.name);
    UPDATE tally SET amount = amount - 1 WHERE name = 'call';
END;

CREATE TRIGGER call_updated AFTER UPDATE OF shown, number, name ON call
WHEN old.shown IS NOT new.shown OR old.number IS NOT new.number OR old.name IS NOT new.name BEGIN
    INSERT INTO call_search (call_search, rowid, shown, number, name)
        VALUES ('delete', old.id, old.shown, old.number, old.name);
    INSERT INTO call_search (rowid, shown, number, name) VALUES (new.id, new.shown, new.number, new.name);
END;

CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    text TEXT NOT NULL,
    line TEXT,
    who TEXT NOT NULL,
    call_uid TEXT
) STRICT;

CREATE INDEX event_by_call ON event (call_uid) WHERE call_uid IS NOT NULL;

CREATE TABLE command (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    argument TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    taken_at INTEGER,
    finished_at INTEGER,
    outcome TEXT
) STRICT;

CREATE INDEX command_waiting ON command (kind) WHERE taken_at IS NULL;

CREATE TABLE status (
    line TEXT PRIMARY KEY,
    pid INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    heartbeat_at INTEGER NOT NULL,
    version TEXT NOT NULL,
    state TEXT NOT NULL,
    modem TEXT NOT NULL,
    modem_name TEXT NOT NULL,
    port TEXT NOT NULL,
    caller_id INTEGER,
    last_ring_at INTEGER,
    last_report_at INTEGER,
    lamps TEXT NOT NULL,
    faults TEXT NOT NULL
) STRICT;

-- One household, one password: one row, once it is set.
CREATE TABLE account (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    password_hash TEXT,
    session_version INTEGER NOT NULL,
    secret_key BLOB
) STRICT;

CREATE TABLE sign_in_failure (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX sign_in_failure_by_source ON sign_in_failure (source, at);
CREATE INDEX sign_in_failure_by_time ON sign_in_failure (at);
