-- +goose Up
-- The minutes of study that a learner wants on a day.
ALTER TABLE learner ADD COLUMN minutes BIGINT NOT NULL DEFAULT 10;

-- A date that a learner prepares for, with the last forecast before it and what the
-- learner tells of the result.
CREATE TABLE exam (
    learner BIGINT NOT NULL REFERENCES learner ON DELETE CASCADE,
    n BIGINT NOT NULL,
    title TEXT NOT NULL,
    at BIGINT NOT NULL,
    topics TEXT NOT NULL,
    later TEXT NOT NULL DEFAULT '',
    foretold BIGINT NOT NULL DEFAULT 0,
    facts BIGINT NOT NULL DEFAULT 0,
    mean DOUBLE PRECISION NOT NULL DEFAULT 0,
    low BIGINT NOT NULL DEFAULT 0,
    high BIGINT NOT NULL DEFAULT 0,
    sure DOUBLE PRECISION NOT NULL DEFAULT 0,
    told BIGINT NOT NULL DEFAULT 0,
    score DOUBLE PRECISION NOT NULL DEFAULT 0,
    out_of DOUBLE PRECISION NOT NULL DEFAULT 0,
    token TEXT NOT NULL,
    PRIMARY KEY (learner, n)
);

CREATE INDEX exam_at ON exam (at);
CREATE UNIQUE INDEX exam_token ON exam (learner, token) WHERE token <> '';

-- Derived: what answers cost on the days that a learner's exams fill.
CREATE TABLE price (
    learner BIGINT NOT NULL PRIMARY KEY REFERENCES learner ON DELETE CASCADE,
    day BIGINT NOT NULL,
    by_day TEXT NOT NULL
);
