-- +goose Up
-- The minutes of study that a learner wants on a day.
ALTER TABLE learner ADD COLUMN minutes INTEGER NOT NULL DEFAULT 10;

-- A date that a learner prepares for, with the last forecast before it and what the
-- learner tells of the result.
CREATE TABLE exam (
    learner INTEGER NOT NULL REFERENCES learner ON DELETE CASCADE,
    n INTEGER NOT NULL,
    title TEXT NOT NULL,
    at INTEGER NOT NULL,
    topics TEXT NOT NULL,
    later TEXT NOT NULL DEFAULT '',
    foretold INTEGER NOT NULL DEFAULT 0,
    facts INTEGER NOT NULL DEFAULT 0,
    mean REAL NOT NULL DEFAULT 0,
    low INTEGER NOT NULL DEFAULT 0,
    high INTEGER NOT NULL DEFAULT 0,
    sure REAL NOT NULL DEFAULT 0,
    told INTEGER NOT NULL DEFAULT 0,
    score REAL NOT NULL DEFAULT 0,
    out_of REAL NOT NULL DEFAULT 0,
    token TEXT NOT NULL,
    PRIMARY KEY (learner, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX exam_at ON exam (at);
CREATE UNIQUE INDEX exam_token ON exam (learner, token) WHERE token <> '';

-- Derived: what answers cost on the days that a learner's exams fill.
CREATE TABLE price (
    learner INTEGER NOT NULL PRIMARY KEY REFERENCES learner ON DELETE CASCADE,
    day INTEGER NOT NULL,
    by_day TEXT NOT NULL
) STRICT;
