-- +goose Up
-- What was expected of a sitting when it began: how many of its items that is about
-- (0: nothing was foretold), and of each of those the chance of a right answer.
ALTER TABLE sitting ADD COLUMN foretold BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sitting ADD COLUMN mean DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE sitting ADD COLUMN low BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sitting ADD COLUMN high BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sitting ADD COLUMN sure DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN chance DOUBLE PRECISION NOT NULL DEFAULT 0;
