-- +goose Up
-- A file of questions that somebody has brought in: what it holds, compressed (file), what
-- is wanted of it and, once it is added, what it has made. All of it goes after a day. The
-- bank is 0 while none is made; since is when it came into its state.
CREATE TABLE import (
    learner INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
    n INTEGER NOT NULL,
    token TEXT NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    since INTEGER NOT NULL,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    bank INTEGER NOT NULL,
    title TEXT NOT NULL,
    lang TEXT NOT NULL,
    wish TEXT NOT NULL,
    numbers TEXT NOT NULL,
    back TEXT NOT NULL DEFAULT '',
    made BLOB NOT NULL,
    file BLOB NOT NULL,
    PRIMARY KEY (learner, n)
) STRICT;
CREATE UNIQUE INDEX import_token ON import (learner, token);
CREATE INDEX import_since ON import (since);
