-- Most units of work move a case's marks, and all of them its version: one row instead of two.
ALTER TABLE cases ADD COLUMN schema INTEGER;
ALTER TABLE cases ADD COLUMN marks TEXT;
UPDATE cases SET (schema, marks) = (SELECT schema, document FROM case_marks WHERE case_id = cases.id);
DROP TABLE case_marks;

-- An inbox item is found by its case and key, by its person while it waits, or by its digest: one tree instead of a table and an index over it.
-- The unit of work that writes an item or a notice has counted the case's version before, so that neither asks again whether the case exists.
CREATE TABLE inbox_by_key (
    case_id    TEXT    NOT NULL,
    key        TEXT    NOT NULL,
    agency     TEXT    NOT NULL,
    person     TEXT    NOT NULL,
    due        TEXT    NOT NULL,
    not_before INTEGER NOT NULL,
    mailed_in  TEXT,
    gathered   INTEGER NOT NULL,
    schema     INTEGER NOT NULL,
    document   TEXT    NOT NULL,
    PRIMARY KEY (case_id, key)
) WITHOUT ROWID;
INSERT INTO inbox_by_key SELECT case_id, key, agency, person, due, not_before, mailed_in, gathered, schema, document FROM inbox ORDER BY case_id, key;
DROP TABLE inbox;
ALTER TABLE inbox_by_key RENAME TO inbox;
CREATE INDEX inbox_waiting ON inbox (person) WHERE mailed_in IS NULL;
CREATE INDEX inbox_mailed ON inbox (mailed_in) WHERE gathered = 1;

CREATE TABLE notices_by_key (
    case_id   TEXT    NOT NULL,
    key       TEXT    NOT NULL,
    raised_at INTEGER NOT NULL,
    schema    INTEGER NOT NULL,
    document  TEXT    NOT NULL,
    PRIMARY KEY (case_id, key)
) WITHOUT ROWID;
INSERT INTO notices_by_key SELECT case_id, key, raised_at, schema, document FROM notices ORDER BY case_id, key;
DROP TABLE notices;
ALTER TABLE notices_by_key RENAME TO notices;
