-- A notice is found by its case and key alone: one tree instead of a table and an index over it.
CREATE TABLE notices_by_key (
    case_id   TEXT    NOT NULL REFERENCES cases (id),
    key       TEXT    NOT NULL,
    raised_at INTEGER NOT NULL,
    schema    INTEGER NOT NULL,
    document  TEXT    NOT NULL,
    PRIMARY KEY (case_id, key)
) WITHOUT ROWID;
INSERT INTO notices_by_key SELECT case_id, key, raised_at, schema, document FROM notices ORDER BY case_id, key;
DROP TABLE notices;
ALTER TABLE notices_by_key RENAME TO notices;

-- What is told in a mail of its case's own is found by the case; only what digests gather is listed by the digest.
ALTER TABLE inbox ADD COLUMN gathered INTEGER NOT NULL DEFAULT 0;
UPDATE inbox SET gathered = 1 WHERE mailed_in IS NOT NULL;
DROP INDEX inbox_mailed;
CREATE INDEX inbox_mailed ON inbox (mailed_in) WHERE gathered = 1;
