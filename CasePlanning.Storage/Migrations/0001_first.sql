-- Instants are UTC ticks of 100 ns since 0001-01-01; dates are yyyy-MM-dd.
-- A document is JSON; "schema" beside it is the version of its shape.

CREATE TABLE cases (
    id      TEXT    NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE case_files (
    case_id  TEXT    NOT NULL PRIMARY KEY REFERENCES cases (id),
    agency   TEXT    NOT NULL,
    number   TEXT    NOT NULL,
    unit     TEXT,
    schema   INTEGER NOT NULL,
    document TEXT    NOT NULL
);
CREATE INDEX case_files_by_agency ON case_files (agency, case_id, number, unit);

CREATE TABLE case_marks (
    case_id  TEXT    NOT NULL PRIMARY KEY REFERENCES cases (id),
    schema   INTEGER NOT NULL,
    document TEXT    NOT NULL
);

-- Who holds or held an assignment to which case, taken from the case's file each time it is saved.
CREATE TABLE assignments (
    person  TEXT NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    PRIMARY KEY (person, case_id)
) WITHOUT ROWID;
CREATE INDEX assignments_by_case ON assignments (case_id);

CREATE TABLE plans (
    id         TEXT    NOT NULL PRIMARY KEY,
    case_id    TEXT    NOT NULL REFERENCES cases (id),
    pending_in TEXT, -- the agency, while a version is pending approval
    schema     INTEGER NOT NULL,
    document   TEXT    NOT NULL
);
CREATE INDEX plans_by_case ON plans (case_id, id);
CREATE INDEX plans_pending ON plans (pending_in, id) WHERE pending_in IS NOT NULL;

CREATE TABLE plan_contents (
    plan_id  TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    case_id  TEXT    NOT NULL REFERENCES cases (id),
    schema   INTEGER NOT NULL,
    document TEXT    NOT NULL,
    PRIMARY KEY (plan_id, version)
);

CREATE TABLE plan_progress (
    plan_id  TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    case_id  TEXT    NOT NULL REFERENCES cases (id),
    schema   INTEGER NOT NULL,
    document TEXT    NOT NULL,
    PRIMARY KEY (plan_id, version)
);

CREATE TABLE history (
    case_id  TEXT    NOT NULL REFERENCES cases (id),
    key      TEXT    NOT NULL,
    schema   INTEGER NOT NULL,
    document TEXT    NOT NULL,
    PRIMARY KEY (case_id, key)
);

CREATE TABLE notices (
    case_id   TEXT    NOT NULL REFERENCES cases (id),
    key       TEXT    NOT NULL,
    raised_at INTEGER NOT NULL,
    schema    INTEGER NOT NULL,
    document  TEXT    NOT NULL,
    PRIMARY KEY (case_id, key)
);

-- not_before and mailed_in hold what the document said when it was raised, and then what became of it.
-- The key ends with the person, so that an item is found by it among those waiting for them.
CREATE TABLE inbox (
    case_id    TEXT    NOT NULL REFERENCES cases (id),
    key        TEXT    NOT NULL,
    agency     TEXT    NOT NULL,
    person     TEXT    NOT NULL,
    due        TEXT    NOT NULL,
    not_before INTEGER NOT NULL,
    mailed_in  TEXT,
    schema     INTEGER NOT NULL,
    document   TEXT    NOT NULL,
    PRIMARY KEY (case_id, key)
);
CREATE INDEX inbox_waiting ON inbox (person) WHERE mailed_in IS NULL;

-- Who has items waiting, and from when a digest may take the first of them.
CREATE TABLE inbox_people (
    agency     TEXT    NOT NULL,
    person     TEXT    NOT NULL,
    not_before INTEGER NOT NULL,
    PRIMARY KEY (person, agency)
) WITHOUT ROWID;
CREATE INDEX inbox_people_by_morning ON inbox_people (not_before, agency, person);

-- state, attempts, next_attempt, sent_at and last_error hold how far the message got.
CREATE TABLE messages (
    id           TEXT    NOT NULL PRIMARY KEY,
    agency       TEXT    NOT NULL,
    case_id      TEXT,
    state        TEXT    NOT NULL,
    attempts     INTEGER NOT NULL,
    next_attempt INTEGER NOT NULL,
    stored_at    INTEGER NOT NULL,
    sent_at      INTEGER,
    last_error   TEXT,
    schema       INTEGER NOT NULL,
    document     TEXT    NOT NULL
);
CREATE INDEX messages_waiting ON messages (next_attempt, stored_at) WHERE state = 'waiting';
CREATE INDEX messages_dead ON messages (agency, stored_at) WHERE state = 'dead';
CREATE INDEX messages_by_agency ON messages (agency, stored_at);
CREATE INDEX messages_by_case ON messages (case_id) WHERE case_id IS NOT NULL;

CREATE TABLE wakes (
    subject TEXT    NOT NULL PRIMARY KEY,
    case_id TEXT    NOT NULL REFERENCES cases (id),
    due     INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX wakes_by_due ON wakes (due, subject, case_id);
CREATE INDEX wakes_by_case ON wakes (case_id);

CREATE TABLE replies (
    key        TEXT    NOT NULL PRIMARY KEY,
    kept_until INTEGER NOT NULL,
    schema     INTEGER NOT NULL,
    document   TEXT    NOT NULL
);
CREATE INDEX replies_by_end ON replies (kept_until);

CREATE TABLE agencies (
    id       TEXT    NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL,
    schema   INTEGER NOT NULL,
    document TEXT    NOT NULL
);

CREATE TABLE units (
    agency   TEXT    NOT NULL REFERENCES agencies (id),
    id       TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    schema   INTEGER NOT NULL,
    document TEXT    NOT NULL,
    PRIMARY KEY (agency, id)
);

-- A person's id is unique across agencies: an inbox is asked for by it alone.
CREATE TABLE people (
    id       TEXT    NOT NULL PRIMARY KEY,
    agency   TEXT    NOT NULL REFERENCES agencies (id),
    subject  TEXT,
    address  TEXT    NOT NULL, -- the e-mail address in capitals
    active   INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    schema   INTEGER NOT NULL,
    document TEXT    NOT NULL
);
CREATE INDEX people_by_agency ON people (agency, id);
CREATE INDEX people_by_subject ON people (subject, id) WHERE subject IS NOT NULL;
CREATE INDEX people_by_address ON people (address, active, id);

-- One row that counts the saves of agencies, units and people; what was read under an older count is read again.
CREATE TABLE directory_revision (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    revision INTEGER NOT NULL
);
INSERT INTO directory_revision VALUES (1, 0);
