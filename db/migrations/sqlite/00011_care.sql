-- +goose Up
-- Of a card: the study day on which it was answered wrong by a learner who was sure.
ALTER TABLE card ADD COLUMN surprise INTEGER NOT NULL DEFAULT 0;

-- How a learner wants a fact handled: derived from events, but for the note. "until" is
-- the first study day on which it may be asked for again.
CREATE TABLE care (
    learner INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
    fact INTEGER NOT NULL REFERENCES fact,
    suspended INTEGER NOT NULL DEFAULT 0,
    until INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (learner, fact)
) STRICT, WITHOUT ROWID;
