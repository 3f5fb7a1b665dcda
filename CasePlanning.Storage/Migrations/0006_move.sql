-- Which content is being moved into this database; empty but while it is.
CREATE TABLE move (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    mark     TEXT    NOT NULL
);
